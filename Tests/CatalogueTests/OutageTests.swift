import Directory
import Foundation
import Geodesy
import Harness
import LocalServices
import Salons
import Synchronization
import Tenancy
import Testing

@testable import Catalogue
@testable import Migrations

/// PostgreSQL is killed and comes back while salons are searched and written.
@Suite(.serialized)
struct OutageTests {
    /// As a test's other clusters, but with commits that outlive the server's death.
    private static func start(_ directory: String) async throws -> LocalPostgres {
        var settings = LocalPostgres.Options.disposable.settings
        settings["synchronous_commit"] = "on"
        settings["full_page_writes"] = "on"
        return try await LocalPostgres.start(
            directory: directory, options: .init(settings: settings, isDisposable: false), logger: .silent)
    }

    @Test func `the directory answers on and catches up`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "salons-outage-\(UUID().uuidString)")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let postgres = try await Self.start(path)
        try await DatabaseSetup.createIfMissing("salons", at: postgres.url(database: "postgres"))
        try await DatabaseSetup.createIfMissing("salons", at: postgres.url(database: "postgres"))
        let url = postgres.url(database: "salons")
        try await Store.migrate(url)
        let store = try Store(ownerURL: url)
        let scope = try await store.tenant("ours")
        let repository = SalonRepository(store.database, scope: scope)
        _ = try await repository.upsert((0..<100).map { .init(profile: .sample("first-\($0)")) })

        let configuration = Directory.Configuration(
            pollInterval: .milliseconds(5), firstPause: .milliseconds(20), longestPause: .milliseconds(100))
        try await withDirectory(on: store, configuration: configuration) { directory in
            let acknowledged = Counter()
            let writer = Task {
                var number = 0
                while !Task.isCancelled {
                    number += 1
                    let row = ImportedSalon(profile: .sample("load-\(number)"))
                    if (try? await repository.upsert([row])) == nil {
                        acknowledged.fail()
                        try? await Task.sleep(for: .milliseconds(5))
                    } else {
                        acknowledged.add("load-\(number)")
                    }
                }
            }
            let query = SalonQuery(origin: SalonProfile.sample("x").location, region: .circle(radius: 1), limit: 100)
            try await eventually { acknowledged.references.count > 50 }

            try await postgres.kill()
            try await eventually { !directory.status.feedHealthy && acknowledged.failures > 0 }
            for _ in 0..<100 { #expect(try directory.search(query).hits.count == 100) }

            let again = try await Self.start(path)
            #expect(again.url(database: "salons") == url)
            try await eventually { directory.status.feedHealthy }
            let before = acknowledged.references.count
            try await eventually { acknowledged.references.count > before + 50 }
            writer.cancel()
            await writer.value

            try await eventually { try await store.isShown(by: directory) }
            #expect(directory.status.repairs == 0)
            let kept = Set(
                try await repository.salons(source: "test", limit: 1_000_000).map(\.profile.source.reference))
            #expect(acknowledged.references.subtracting(kept).isEmpty)
            await store.database.shutdown()
            await again.stop()
        }
    }
}

/// What a writer was told.
private final class Counter: Sendable {
    private let state = Mutex<(references: Set<String>, failures: Int)>(([], 0))
    var references: Set<String> { state.withLock { $0.references } }
    var failures: Int { state.withLock { $0.failures } }
    func add(_ reference: String) { _ = state.withLock { $0.references.insert(reference) } }
    func fail() { state.withLock { $0.failures += 1 } }
}
