import Foundation

/// The making of a cluster's data directory.
struct PostgresCluster {
    let home: ServiceHome
    let account: Account?
    let isDisposable: Bool

    /// Runs `initdb` unless the directory already has a cluster.
    ///
    /// It works in a directory beside the final one, so that an interrupted run leaves nothing that looks whole.
    func create(with initdb: String) throws(LocalServicesError) {
        guard access(home.data + "/PG_VERSION", F_OK) != 0 else { return }
        let unfinished = home.data + ".unfinished"
        try? FileManager.default.removeItem(atPath: unfinished)
        var arguments = [
            initdb, "--pgdata", unfinished, "--username", LocalPostgres.superuser, "--auth-local", "trust",
            "--auth-host", "reject", "--encoding", "UTF8", "--locale", "C.UTF-8",
        ]
        if isDisposable { arguments.append("--no-sync") }
        let result = try ChildProcess.run(account.command(arguments))
        guard result.succeeded else {
            throw .failed(operation: "initdb in \(home.directory)", output: result.output)
        }
        try check("moving \(unfinished)", rename(unfinished, home.data))
    }
}
