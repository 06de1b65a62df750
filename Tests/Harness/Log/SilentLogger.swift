public import Logging

extension Logger {
    /// Writes nothing, at any level.
    public static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
