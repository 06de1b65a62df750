import Foundation
public import Logging
import Synchronization

/// All that the code under test has logged, at every level.
public final class RecordedLog: Sendable {
    private let stored = Mutex<[String]>([])

    /// An empty one.
    public init() {}

    /// One text a line: message and metadata.
    public var lines: [String] { stored.withLock { $0 } }

    /// Adds a line of the test's own.
    public func append(_ line: String) {
        stored.withLock { $0.append(line) }
    }

    /// A logger that writes here.
    public func logger(_ label: String) -> Logger {
        Logger(label: label) { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            log.append("\(event.level) \(event.message) \(all)")
        }
    }
}
