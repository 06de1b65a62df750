import Foundation
import Geodesy
import Logging
import Postgres
import Salons
import Tenancy
import TestSupport

@testable import Migrations

/// A migrated database of a test's own.
struct Store: Sendable {
    let database: ScopedDatabase
    /// Reaches the database as the owner of its schema, a superuser.
    let ownerURL: String
    let tenants: TenantRepository
    let resolver: CredentialResolver

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "migrations").path(percentEncoded: false)

    init(ownerURL: String, poolSize: Int = 8) throws {
        var configuration = try Configuration(ownerURL)
        configuration.poolSize = poolSize
        configuration.waitDeadline = .seconds(30)
        self.ownerURL = ownerURL
        database = ScopedDatabase(configuration, logger: Self.logger)
        tenants = TenantRepository(database)
        resolver = CredentialResolver(source: tenants)
    }

    func tenant(_ slug: String) async throws -> TenantScope {
        let slug = TenantSlug(slug)!
        _ = try await tenants.create(slug: slug, name: "Tenant \(slug)", country: "DK")
        return try await resolver.commandLineScope(tenant: slug)
    }

    /// Runs a body in the owner's own session, past all policies.
    func owner<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        let connection = try await Connection.connect(Configuration(ownerURL))
        do {
            let value = try await connection.turn(body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    static func migrate(_ url: String) async throws {
        _ = try await Migrator(directory: migrations, configuration: Configuration(url), logger: logger).migrate()
    }
}

func makeStore(poolSize: Int = 8) async throws -> Store {
    let url = try await TestServices.shared().database(template: "migrated") { try await Store.migrate($0) }
    return try Store(ownerURL: url, poolSize: poolSize)
}

extension Connection {
    /// Runs a body as one turn.
    func turn<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) throws -> R { try body(self) }
}

extension SalonProfile {
    /// A published salon in the middle of Copenhagen, unless told otherwise.
    static func sample(
        _ reference: String, name: String = "Salon", latitude: Double = 55.6761, longitude: Double = 12.5683
    ) -> SalonProfile {
        SalonProfile(
            name: name, location: Coordinate(uncheckedLatitude: latitude, longitude: longitude),
            timeZone: "Europe/Copenhagen", source: SourceReference(source: "test", reference: reference))
    }
}

/// Waits for what other tasks bring about, so that a test need not guess how long that takes.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    // A transaction of another test's database holds the feed back too, so the limit is that of a long test.
    for _ in 0..<12_000 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
