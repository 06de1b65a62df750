import Dispatch
import Foundation
import Synchronization

/// Writes lines to a descriptor from a thread of its own, so that nobody waits for a log.
///
/// What cannot be written, because the disk is full, the reader has gone or does not read, is dropped and counted. The
/// lines that wait are bounded by their bytes.
final class LogWriter: Sendable {
    /// Standard error of this process.
    static let standardError = LogWriter(descriptor: STDERR_FILENO)

    private struct State {
        var waiting: [[UInt8]] = []
        var bytes = 0
        var dropped = 0
        var isRunning = false
        var isWriting = false
    }

    private let descriptor: Int32
    private let capacity: Int
    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - descriptor: where lines go; it stays open.
    ///   - capacity: bytes that may wait.
    init(descriptor: Int32, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
    }

    /// Lines that were dropped since the start.
    var dropped: Int { state.withLock { $0.dropped } }

    /// Hands a line over. Returns at once.
    func write(_ line: String, terminator: String = "\n") {
        let bytes = Array((line + terminator).utf8)
        let (isTaken, mustStart) = state.withLock { state in
            guard state.bytes + bytes.count <= capacity else {
                state.dropped += 1
                return (false, false)
            }
            state.waiting.append(bytes)
            state.bytes += bytes.count
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
        guard isTaken else { return }
        if mustStart { Thread.detachNewThread { [self] in run() } }
        arrived.signal()
    }

    /// Waits until all that was handed over is written or dropped, but no longer than a second.
    func flush() {
        let end = ContinuousClock.now + .seconds(1)
        while state.withLock({ $0.isWriting || !$0.waiting.isEmpty }), ContinuousClock.now < end { usleep(1_000) }
    }

    private func run() {
        while true {
            arrived.wait()
            let lines = state.withLock { state in
                defer { (state.waiting, state.bytes, state.isWriting) = ([], 0, true) }
                return state.waiting
            }
            let failed = lines.count { !write($0) }
            state.withLock { state in
                state.dropped += failed
                state.isWriting = false
            }
        }
    }

    /// False if it could not be written as a whole.
    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if count < 0, errno == EAGAIN {
                    var place = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&place, 1, -1)
                } else if count < 0, errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
