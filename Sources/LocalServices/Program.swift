import Foundation

/// A program from a Debian package.
struct Program: Sendable {
    let name: String
    let package: String
    /// Where it is looked for, in order.
    let directories: [String]

    /// The absolute path, or an error that names the package to install.
    func find() throws(LocalServicesError) -> String {
        for directory in directories {
            let path = "\(directory)/\(name)"
            if access(path, X_OK) == 0 { return path }
        }
        throw .missingProgram(name, package: package)
    }

    /// The usual directories, and those of PATH.
    static var searchPath: [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return ["/usr/bin", "/usr/local/bin", "/bin"] + path.split(separator: ":").map(String.init)
    }

    /// A program of PostgreSQL 15, whose servers Debian keeps out of PATH.
    static func postgres(_ name: String) -> Program {
        var directories = ["/usr/lib/postgresql/15/bin"]
        let configuration = Program(name: "pg_config", package: "libpq-dev", directories: searchPath)
        if access(directories[0], X_OK) != 0, let path = try? configuration.find(),
            let answer = try? ChildProcess.run([path, "--bindir"]), answer.succeeded
        {
            directories.append(answer.output.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return Program(name: name, package: "postgresql-15", directories: directories)
    }

    static var redis: Program {
        Program(name: "redis-server", package: "redis-server", directories: searchPath)
    }
}
