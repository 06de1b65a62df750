import Foundation

/// What `/proc` tells of other processes, from the files that everyone may read.
///
/// (`/proc/<id>/cwd` and `exe` are closed even to root in a container without CAP_SYS_PTRACE.)
enum ProcessTable {
    /// Whether the process exists and is not merely waiting to be collected.
    static func isAlive(_ process: pid_t) -> Bool {
        guard let fields = statistics(of: process) else { return false }
        return fields.state != "Z" && fields.state != "X"
    }

    /// The processes that `parent` started and that still live.
    static func children(of parent: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { statistics(of: $0)?.parent == parent }
    }

    /// The command line as the process was started with, or as it has since rewritten it.
    static func arguments(of process: pid_t) -> [String] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return [] }
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Kills a process and its children at once and waits until all are gone; returns false after ten seconds.
    static func killTree(_ root: pid_t) -> Bool {
        // A stopped parent starts no further child between the listing and the kill.
        kill(root, SIGSTOP)
        let family = [root] + children(of: root)
        for process in family { kill(process, SIGKILL) }
        let deadline = ContinuousClock.now + .seconds(10)
        while family.contains(where: isAlive) {
            if ContinuousClock.now > deadline { return false }
            usleep(2_000)
        }
        return true
    }

    private static func statistics(of process: pid_t) -> (state: Character, parent: pid_t)? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 1, let state = fields[0].first, let parent = pid_t(fields[1]) else { return nil }
        return (state, parent)
    }
}
