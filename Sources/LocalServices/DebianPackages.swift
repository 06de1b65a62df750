import Foundation

/// The Debian packages that the service is built with and runs on.
public enum DebianPackages {
    /// What set-up installs: the C libraries to build against, the two servers, and the reader of map extracts.
    public static let required = [
        "libgeos-dev", "libhiredis-dev", "libpq-dev", "libproj-dev", "osmium-tool", "pkg-config", "postgresql-15",
        "postgresql-15-postgis-3", "redis-server", "tzdata",
    ]

    /// Those of `packages` that are not installed, in their order. Throws when `dpkg-query` cannot be run, on a
    /// system that is not Debian's.
    public static func missing(of packages: [String] = required) async throws(LocalServicesError) -> [String] {
        try await blocking { () throws(LocalServicesError) in
            let query = Program(name: "dpkg-query", package: "dpkg", directories: Program.searchPath)
            // It fails when any package is unknown to it, and still lists the others.
            let format = "--showformat=${Package} ${db:Status-Status}\n"
            let output = try ChildProcess.run([query.find(), "--show", format] + packages).output
            let installed = Set(output.split(separator: "\n").filter { $0.hasSuffix(" installed") })
            return packages.filter { !installed.contains("\($0) installed") }
        }
    }
}
