import Foundation

/// The file `postmaster.pid` of a data directory: who serves it, where, and whether it answers yet.
///
/// Its lines are described in PostgreSQL's `src/include/utils/pidfile.h`.
struct PostmasterFile {
    let processID: pid_t
    let socketDirectory: String
    /// Whether connections are accepted; `pg_ctl` waits for the same line.
    let isReady: Bool
    private let dataDirectory: String

    static func path(in dataDirectory: String) -> String {
        dataDirectory + "/postmaster.pid"
    }

    /// Nil when there is no such file.
    init?(dataDirectory: String) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: dataDirectory)) else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        processID = lines.first.flatMap { pid_t($0.trimmingCharacters(in: .whitespaces)) } ?? 0
        socketDirectory = lines.count > 4 ? String(lines[4]) : ""
        isReady = lines.count > 7 && lines[7].trimmingCharacters(in: .whitespaces) == "ready"
        self.dataDirectory = lines.count > 1 && !lines[1].isEmpty ? String(lines[1]) : dataDirectory
    }

    /// Whether the process of that ID is alive and really is a server of this directory; IDs are used again.
    var isRunning: Bool {
        guard processID > 0, ProcessTable.isAlive(processID) else { return false }
        let arguments = ProcessTable.arguments(of: processID)
        return arguments.first?.hasSuffix("postgres") == true && arguments.contains(dataDirectory)
    }
}
