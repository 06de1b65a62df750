import Foundation
import HTTPKit
import Logging
import Postgres

/// How many files and sockets this process may have open, and what follows for the HTTP door.
///
/// Running out of descriptors must never happen: parts of the system's libraries end the process then.
struct DescriptorLimit {
    /// The soft limit, which is in force.
    var current: Int
    /// The hard limit, up to which a process may raise its own.
    var highest: Int

    /// More than this is of no use, and makes starting a child slow, which closes them all.
    private static let useful = 65_536
    /// For the listener, event loops, timers, logs, children, Redis, files under way, and connections that were
    /// accepted before the bound was noticed.
    private static let reserve = 128
    /// A connection to PostgreSQL has a socket and a second descriptor of it, by which it can be severed.
    private static let perDatabaseConnection = 2
    /// Fewer connections than this are no service.
    private static let fewest = 16

    /// What is in force now.
    static func read() -> DescriptorLimit {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorLimit(current: 1_024, highest: 1_024)
        }
        return DescriptorLimit(current: Int(clamping: limit.rlim_cur), highest: Int(clamping: limit.rlim_max))
    }

    /// Raises the soft limit as far as is allowed and of use, and returns what is in force then.
    static func raise() -> DescriptorLimit {
        let before = read()
        let wanted = min(before.highest, useful)
        guard wanted > before.current else { return before }
        var limit = rlimit(rlim_cur: rlim_t(wanted), rlim_max: rlim_t(before.highest))
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return read()
    }

    /// Connections that customers may have beside `databaseConnections` connections to PostgreSQL.
    func connections(databaseConnections: Int) -> Int {
        max(0, current - Self.reserve - Self.perDatabaseConnection * databaseConnections)
    }

    /// Lowers the bound on connections to what the limit allows, and says so.
    func apply(to api: inout HTTPConfiguration, databaseConnections: Int, logger: Logger) throws {
        let possible = connections(databaseConnections: databaseConnections)
        guard possible >= Self.fewest else {
            throw CommandError(
                """
                only \(current) files may be open at a time, and \
                \(Self.reserve + Self.perDatabaseConnection * databaseConnections + Self.fewest) are needed; \
                raise the limit (ulimit -n) or lower \(SettingKey.databaseConnections.environmentName)
                """)
        }
        guard possible < api.maximumConnections else { return }
        logger.notice(
            "fewer connections than \(SettingKey.maximumConnections.environmentName) are accepted: the limit of open files",
            metadata: [
                "limit": "\(current)", "connections": "\(possible)", "wanted": "\(api.maximumConnections)",
            ])
        api.maximumConnections = possible
    }
}
