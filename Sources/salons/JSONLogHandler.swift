import Foundation
import JSON
import Logging

/// Logs one JSON object a line to standard error, for collectors; a terminal gets plain lines.
///
/// A log that cannot be written never stops or slows the program: see ``LogWriter``. The lines that one place in
/// the code writes are limited in number: see ``LogThrottle``.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let label: String
    private let writer: LogWriter
    private let throttle: LogThrottle
    private let isTerminal = isatty(STDERR_FILENO) == 1

    init(label: String, level: Logger.Level, writer: LogWriter = .standardError, throttle: LogThrottle = .shared) {
        self.label = label
        self.logLevel = level
        self.writer = writer
        self.throttle = throttle
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // Whoever asks for the finest levels wants all of them.
        guard event.level >= .info else { return write(event) }
        let kind = LogThrottle.Kind(file: event.file, line: event.line)
        let isWanted = throttle.admit(kind) { suppressed in
            var summary = event
            summary.message = "more of the same were not logged: \(event.message)"
            summary.metadata = ["count": "\(suppressed)"]
            write(summary)
        }
        if isWanted { write(event) }
    }

    private func write(_ event: LogEvent) {
        var all = metadata.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error, all["error"] == nil { all["error"] = "\(error)" }
        writer.write(isTerminal ? plain(event, all).onOneLine : json(event, all))
    }

    private func plain(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let details = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return "\(event.level) \(label): \(event.message)\(details.isEmpty ? "" : " (\(details))")"
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var members: [String: String] = metadata.mapValues(\.description)
        members["time"] = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        members["level"] = event.level.rawValue
        members["label"] = label
        members["message"] = event.message.description
        return JSONValue.object(members.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }).description
    }
}
