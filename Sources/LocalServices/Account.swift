import Foundation

/// The account that the servers run under when this process is root's; PostgreSQL refuses to run as root.
struct Account: Sendable, Equatable {
    let name: String
    let userID: uid_t
    let groupID: gid_t

    /// The account to change to, or nil when this process is not root's and its own account serves.
    static func toRunAs(_ name: String) throws(LocalServicesError) -> Account? {
        geteuid() == 0 ? try named(name) : nil
    }

    static func named(_ name: String) throws(LocalServicesError) -> Account {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil, entry.pw_uid != 0 else {
            throw .unknownUser(name)
        }
        return Account(name: name, userID: entry.pw_uid, groupID: entry.pw_gid)
    }

    /// `arguments` as a command that runs under this account.
    func command(_ arguments: [String]) -> [String] {
        // `--reset-env` is left out: it would also drop LANG and PATH.
        ["/usr/bin/setpriv", "--reuid=\(userID)", "--regid=\(groupID)", "--init-groups", "--"] + arguments
    }
}

extension Account? {
    /// `arguments` as a command of this account, or of this process's own when there is none to change to.
    func command(_ arguments: [String]) -> [String] {
        self?.command(arguments) ?? arguments
    }

    /// The name to show in messages.
    var shownName: String {
        self?.name ?? NSUserName()
    }

    /// The owner that the servers' files have.
    var ownerID: uid_t {
        self?.userID ?? geteuid()
    }
}
