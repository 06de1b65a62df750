import Foundation

/// The processes of a running PostgreSQL, for tests in which it hangs.
public enum PostgresProcesses {
    /// Sends a signal, such as `SIGSTOP`, to the postmaster and to all its children.
    public static func signal(_ number: Int32, postmaster: Int32) throws {
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let id = Int32(entry), id == postmaster || parent(of: id) == postmaster else { continue }
            kill(id, number)
        }
    }

    /// nil for a process that has ended meanwhile.
    private static func parent(of id: Int32) -> Int32? {
        // The fields after the program's name, which stands in parentheses and may hold anything: state, parent, ...
        guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
            let tail = stat.split(separator: ")").last
        else { return nil }
        return tail.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
    }
}
