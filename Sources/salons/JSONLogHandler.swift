import Foundation
import Logging

/// Logs one JSON object a line to standard error, for collectors; a terminal gets plain lines.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let label: String
    private let isTerminal = isatty(STDERR_FILENO) == 1

    init(label: String, level: Logger.Level) {
        self.label = label
        self.logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let line =
            isTerminal
            ? plain(event, all)
            : json(event, all)
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private func plain(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let details = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return "\(event.level) \(label): \(event.message)\(details.isEmpty ? "" : " (\(details))")"
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var members: [String: String] = metadata.mapValues(\.description)
        members["time"] = Date.now.formatted(.iso8601.time(includingFractionalSeconds: true))
        members["level"] = event.level.rawValue
        members["label"] = label
        members["message"] = event.message.description
        guard
            let data = try? JSONSerialization.data(
                withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        else { return event.message.description }
        return String(decoding: data, as: UTF8.self)
    }
}
