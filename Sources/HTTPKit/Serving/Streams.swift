import Hummingbird
import NIOCore
import Synchronization
import Timing

/// The open streams: how many each operation has, and who ends them when the service stops.
final class Streams: Sendable {
    private struct State {
        var counts: [Int: Int] = [:]
        var open: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
        var next = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let metrics: RequestMetrics

    init(metrics: RequestMetrics) {
        self.metrics = metrics
    }

    /// One place among the streams of an operation; it is free again when nothing holds this any more.
    final class Place: Sendable {
        private let streams: Streams
        private let operation: Int

        init(_ streams: Streams, _ operation: Int) {
            self.streams = streams
            self.operation = operation
        }

        deinit { streams.leave(operation) }
    }

    /// A place for one more stream; nil when the operation has as many as it may.
    func place(_ operation: Int, maximum: Int) -> Place? {
        let isFree = state.withLock { state in
            let count = state.counts[operation, default: 0]
            guard count < maximum, !state.isClosed else { return false }
            state.counts[operation] = count + 1
            return true
        }
        guard isFree else { return nil }
        metrics.streams.add(1)
        return Place(self, operation)
    }

    private func leave(_ operation: Int) {
        state.withLock { $0.counts[operation, default: 1] -= 1 }
        metrics.streams.add(-1)
    }

    /// Ends all streams: the service stops, and their clients ask another one.
    func end() {
        let open = state.withLock { state in
            state.isClosed = true
            defer { state.open = [:] }
            return state.open.values
        }
        for continuation in open { continuation.finish() }
    }

    private func register(_ continuation: AsyncStream<[UInt8]>.Continuation) -> Int {
        let (number, isClosed) = state.withLock { state in
            state.next += 1
            if !state.isClosed { state.open[state.next] = continuation }
            return (state.next, state.isClosed)
        }
        if isClosed { continuation.finish() }
        return number
    }

    /// The body of a stream's answer: events as they come, and a sign of life where none does.
    func body(_ stream: EventStream, _ limits: Limits.Streaming, place: Place) -> ResponseBody {
        ResponseBody { [self] writer in
            let (events, continuation) = AsyncStream.makeStream(
                of: [UInt8].self, bufferingPolicy: .bufferingOldest(limits.buffer))
            let number = register(continuation)
            let sink = EventSink(continuation)
            let producer = Task {
                try? await stream.run(sink)
                sink.finish()
            }
            let heart = Task {
                while !Task.isCancelled {
                    try await Pause.sleep(for: limits.heartbeat)
                    sink.beat()
                }
            }
            defer {
                producer.cancel()
                heart.cancel()
                state.withLock { $0.open[number] = nil }
                withExtendedLifetime(place) {}
            }
            for await event in events { try await writer.write(ByteBuffer(bytes: event)) }
            try await writer.finish(nil)
        }
    }
}
