public import Logging
public import ServiceLifecycle
import Synchronization
import Timing

/// Listens on channels with a connection of its own, and connects again when that breaks.
public final class Listener: Service {
    /// What a subscriber is told.
    public enum Event: Sendable, Hashable {
        /// LISTEN is in force, for the first time or anew: what was sent before is lost, so look for yourself.
        case listening
        /// A NOTIFY came.
        case notification(Notification)
    }

    private struct State {
        var subscribers: [UInt64: AsyncStream<Event>.Continuation] = [:]
        var nextID: UInt64 = 0
        var isListening = false
        var isFinished = false
    }

    private let configuration: Configuration
    private let channels: [String]
    private let logger: Logger
    private let state = Mutex(State())

    /// A listener for these channels, at work while ``run()`` runs.
    public init(_ configuration: Configuration, channels: [String], logger: Logger = Logger(label: "postgres")) {
        self.configuration = configuration
        self.channels = channels
        self.logger = logger
    }

    /// All events from now on, beginning with `listening` if that is so already. The stream keeps the newest 1024
    /// events of a slow reader and ends with ``run()``.
    public func events() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(1024))
        let isFinished = state.withLock { state in
            guard !state.isFinished else { return true }
            let id = state.nextID
            state.nextID += 1
            state.subscribers[id] = continuation
            continuation.onTermination = { [weak self] _ in self?.unsubscribe(id) }
            if state.isListening { continuation.yield(.listening) }
            return false
        }
        if isFinished { continuation.finish() }
        return stream
    }

    private func unsubscribe(_ id: UInt64) {
        _ = state.withLock { $0.subscribers.removeValue(forKey: id) }
    }

    /// Listens until shutdown begins or the task is cancelled.
    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.listenForever() }
        let subscribers = state.withLock { state in
            state.isFinished = true
            defer { state.subscribers = [:] }
            return Array(state.subscribers.values)
        }
        for subscriber in subscribers { subscriber.finish() }
    }

    private func listenForever() async {
        var backoff = Backoff(longest: configuration.longestBackoff)
        while !Task.isCancelled {
            do {
                let connection = try await Connection.connect(configuration)
                try await connection.listen(channels)
                if backoff.failures > 0 { logger.info("listening again") }
                backoff.reset()
                state.withLock { $0.isListening = true }
                publish(.listening)
                // The wait is short so that the end of the task is noticed soon.
                while !Task.isCancelled {
                    for found in try await connection.notifications(within: .milliseconds(200)) {
                        publish(.notification(found))
                    }
                }
                await connection.close()
            } catch {
                state.withLock { $0.isListening = false }
                if backoff.failures == 0 { logger.warning("listener lost", metadata: ["error": "\(error)"]) }
                try? await Pause.sleep(for: backoff.next())
            }
        }
    }

    private func publish(_ event: Event) {
        let subscribers = state.withLock { Array($0.subscribers.values) }
        for subscriber in subscribers { subscriber.yield(event) }
    }
}

extension Connection {
    fileprivate func listen(_ channels: [String]) throws(PostgresError) {
        for channel in channels { try executeScript(unsafe: "LISTEN \(try quoted(identifier: channel))") }
    }
}
