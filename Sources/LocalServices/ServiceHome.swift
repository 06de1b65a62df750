import Foundation
import Logging

/// Where one server keeps its files: a directory that its account can use, and one for a socket with a short path.
struct ServiceHome: Sendable {
    /// The directory that was asked for, or the one that stands in for it; owned by the server's account.
    let directory: String
    /// The directory of the sockets.
    let sockets: String

    var data: String { directory + "/data" }
    var log: String { directory + "/server.log" }

    /// The longest path of a unix socket in bytes: `sun_path` less its terminating zero.
    static let longestSocketPath = 107

    /// Makes the directories, or finds those of an earlier start.
    ///
    /// A directory that the account cannot reach (a project under /root, say) gets a link `relocated` to one under
    /// /var/tmp; a path too long for a socket gets a link `sockets` to one under /tmp. The links are what a later
    /// start goes by, so that removing the directory that was asked for is enough to begin anew.
    static func prepare(
        _ requested: String, socketName: String, account: Account?, logger: Logger
    ) throws(LocalServicesError) -> ServiceHome {
        let asked = URL(fileURLWithPath: requested).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(atPath: asked, withIntermediateDirectories: true)
        } catch {
            throw .unreachable(directory: asked, user: account.shownName)
        }
        let directory = try usableDirectory(asked, account: account, logger: logger)
        let near = directory + "/run"
        guard (near + "/" + socketName).utf8.count > longestSocketPath else {
            try make(near, account: account)
            return ServiceHome(directory: directory, sockets: near)
        }
        let short = try linkedDirectory(directory + "/sockets", under: "/tmp", account: account)
        return ServiceHome(directory: directory, sockets: short)
    }

    /// The home that an earlier start made, if any.
    static func existing(_ requested: String, socketName: String) -> ServiceHome {
        let asked = URL(fileURLWithPath: requested).standardizedFileURL.path
        let files = FileManager.default
        let directory = (try? files.destinationOfSymbolicLink(atPath: asked + "/relocated")) ?? asked
        let sockets = (try? files.destinationOfSymbolicLink(atPath: directory + "/sockets")) ?? directory + "/run"
        return ServiceHome(directory: directory, sockets: sockets)
    }

    private static func usableDirectory(
        _ asked: String, account: Account?, logger: Logger
    ) throws(LocalServicesError) -> String {
        let link = asked + "/relocated"
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) != nil {
            return try linkedDirectory(link, under: "/var/tmp", account: account)
        }
        try give(asked, to: account)
        let test = account.command(["/usr/bin/test", "-w", asked, "-a", "-x", asked])
        if try ChildProcess.run(test).succeeded { return asked }
        guard let account else { throw .unreachable(directory: asked, user: NSUserName()) }
        let elsewhere = try linkedDirectory(link, under: "/var/tmp", account: account)
        logger.notice(
            "the servers' account cannot reach the directory; its files are kept elsewhere, and a link says where",
            metadata: ["account": "\(account.name)", "directory": "\(asked)", "files": "\(elsewhere)"])
        return elsewhere
    }

    /// The directory that `link` leads to, made anew under `parent` when there is none.
    private static func linkedDirectory(
        _ link: String, under parent: String, account: Account?
    ) throws(LocalServicesError) -> String {
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) {
            var information = stat()
            // In a directory that all may write, a name alone proves nothing: the owner does.
            let isNamedAsMade = target.hasPrefix("\(parent)/salons-") && !target.contains("/../")
            if isNamedAsMade, lstat(target, &information) == 0, information.st_mode & S_IFMT == S_IFDIR,
                information.st_uid == account.ownerID
            {
                return target
            }
            try check("removing \(link)", unlink(link))
        }
        var template = Array("\(parent)/salons-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .system(operation: "making a directory in \(parent)", number: errno)
        }
        let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try give(made, to: account)
        try check("linking \(link)", symlink(made, link))
        return made
    }

    private static func make(_ directory: String, account: Account?) throws(LocalServicesError) {
        if mkdir(directory, 0o700) < 0, errno != EEXIST {
            throw .system(operation: "making \(directory)", number: errno)
        }
        try give(directory, to: account)
    }

    private static func give(_ directory: String, to account: Account?) throws(LocalServicesError) {
        guard let account else { return }
        try check("changing the owner of \(directory)", lchown(directory, account.userID, account.groupID))
    }
}
