import Directory
import Foundation
import Geodesy
import Harness
import Postgres
import Salons
import SeededRandom
import Tenancy
import Testing

@testable import Catalogue

/// A directory at the end of the feed of a real database.
struct FollowingTests {
    /// Writes, moves, hides, shows and removes salons of one tenant, one transaction after another.
    static func write(_ store: Store, _ scope: TenantScope, seed: UInt64, rounds: Int) async throws {
        var generator = SplitMix64(seed: seed)
        let repository = SalonRepository(store.database, scope: scope)
        for round in 0..<rounds {
            let base = Int.random(in: 0..<40, using: &generator)
            _ = try await repository.upsert(
                (base..<base + 5).map { .init(profile: .sample("\($0)", name: "\(seed) \(round)")) })
            let salons = try await repository.salons(source: "test", limit: 100)
            guard let salon = salons.randomElement(using: &generator) else { continue }
            switch round % 4 {
            case 0: _ = try await repository.delete(salon.id)
            case 1: _ = try await repository.setStatus(.draft, of: salon.id)
            case 2: _ = try await repository.setStatus(.published, of: salon.id)
            default:
                let latitude = Double.random(in: -90...90, using: &generator)
                _ = try await repository.move(salon.id, to: Coordinate(uncheckedLatitude: latitude, longitude: 180))
            }
        }
    }

    @Test func `status changes and removals are followed`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        _ = try await repository.upsert([.init(profile: .sample("x"))])
        let id = try #require(try await repository.salons(source: "test", limit: 1).first?.id)
        try await withDirectory(on: store) { directory in
            #expect(try directory.salon(id)?.version == 1)
            for status in [SalonStatus.closed, .published, .draft, .published] {
                _ = try await repository.setStatus(status, of: id)
                try await eventually { try (directory.salon(id) != nil) == (status == .published) }
            }
            let place = Coordinate(uncheckedLatitude: 1, longitude: 2)
            _ = try await repository.move(id, to: place)
            try await eventually { try directory.salon(id)?.coordinate == place }
            _ = try await repository.delete(id)
            try await eventually { try directory.salon(id) == nil }
            #expect(directory.status.salons == 0)
        }
    }

    @Test func `a load among many writers loses and repeats nothing`() async throws {
        let store = try await Store.migrated(poolSize: 10)
        let scopes = try await [store.tenant("ours"), store.tenant("theirs")]
        let seed = UInt64.random(in: 0...UInt64.max)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                // Two writers a tenant, on the same salons. One that meets the other's lock just waits.
                group.addTask {
                    try await Self.write(store, scopes[writer % 2], seed: seed &+ UInt64(writer), rounds: 40)
                }
            }
            try await withDirectory(on: store) { directory in
                try await group.waitForAll()
                try await eventually("seed \(seed)") { try await store.isShown(by: directory) }
                #expect(directory.status.repairs == 0)
            }
        }
    }

    @Test func `reconciliation has nothing to repair after two writers`() async throws {
        let store = try await Store.migrated(poolSize: 10)
        let scope = try await store.tenant("ours")
        let configuration = Directory.Configuration(
            pollInterval: .milliseconds(5), reconcileInterval: .milliseconds(50), confirmationDelay: .milliseconds(20))
        try await withDirectory(on: store, configuration: configuration) { directory in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed: UInt64 in 1...2 {
                    group.addTask { try await Self.write(store, scope, seed: seed, rounds: 15) }
                }
                try await group.waitForAll()
            }
            try await eventually { try await store.isShown(by: directory) }
            let before = directory.status
            try await eventually { directory.status.reconciliations > before.reconciliations + 3 }
            #expect(directory.status.repairs == before.repairs)
            #expect(try await store.isShown(by: directory))
        }
    }

    @Test func `reconciliation repairs a change that left no event`() async throws {
        let store = try await Store.migrated()
        let repository = SalonRepository(store.database, scope: try await store.tenant("ours"))
        _ = try await repository.upsert((0..<20).map { .init(profile: .sample("\($0)")) })
        let configuration = Directory.Configuration(
            pollInterval: .milliseconds(5), reconcileInterval: .milliseconds(50), confirmationDelay: .milliseconds(20))
        try await withDirectory(on: store, configuration: configuration) { directory in
            try await store.owner { connection in
                try connection.executeScript(
                    unsafe: """
                        SET session_replication_role = replica;
                        UPDATE salon SET name = 'silent', version = version + 1 WHERE source_ref = '3';
                        DELETE FROM salon WHERE source_ref = '4';
                        """)
            }
            try await eventually { directory.status.repairs >= 2 }
            #expect(try await store.isShown(by: directory))
        }
    }
}
