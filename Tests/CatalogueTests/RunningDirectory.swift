import Directory
import Foundation
import Harness
import Postgres
import Salons
import Testing

@testable import Catalogue

/// A directory that follows a database while a body runs.
func withDirectory<R>(
    on store: Store, configuration: Directory.Configuration = .init(pollInterval: .milliseconds(5)),
    _ body: (Directory) async throws -> R
) async throws -> R {
    let directory = Directory(
        source: store.source, configuration: configuration, logger: .silent)
    let task = Task { try await directory.run() }
    do {
        try await eventually { directory.status.isLoaded }
        let value = try await body(directory)
        task.cancel()
        _ = await task.result
        return value
    } catch {
        task.cancel()
        _ = await task.result
        throw error
    }
}

extension Store {
    /// The versions of all published salons, past all policies.
    func publishedVersions() async throws -> [SalonID: Int64] {
        try await owner { connection in
            var versions: [SalonID: Int64] = [:]
            for row in try connection.query("SELECT salon_id, version FROM salon WHERE status = 'published'") {
                let (id, version) = try row.decode(UUID.self, Int64.self)
                versions[SalonID(id)] = version
            }
            return versions
        }
    }

    /// Whether a directory shows what is published now: each salon once and as it is.
    func isShown(by directory: Directory) async throws -> Bool {
        let versions = try await publishedVersions()
        guard directory.status.salons == versions.count else { return false }
        return try versions.allSatisfy { try directory.salon($0.key)?.version == $0.value }
    }
}
