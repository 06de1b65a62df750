public import Catalogue
import Events
import Foundation
import Geodesy
import Migrations
public import Postgres
public import Salons
public import Tenancy

/// A migrated database of a test's own.
public struct Store: Sendable {
    /// The database as the service reaches it.
    public let database: ScopedDatabase
    /// Reaches the database as the owner of its schema, a superuser.
    public let ownerURL: String
    /// Tenants and their keys.
    public let tenants: TenantRepository
    /// Scopes of tenants and of keys.
    public let resolver: CredentialResolver

    /// The directory of the schema's migrations.
    public static let migrations = Readme.package.appending(path: "migrations").path(percentEncoded: false)

    /// A copy of the migrated template.
    public static func migrated(poolSize: Int = 8) async throws -> Store {
        let url = try await TestServices.shared().database(template: "migrated") { try await migrate($0) }
        return try Store(ownerURL: url, poolSize: poolSize)
    }

    /// The database of an URL, which is migrated already.
    public init(ownerURL: String, poolSize: Int = 8) throws {
        var configuration = try Configuration(ownerURL)
        configuration.poolSize = poolSize
        configuration.waitDeadline = .seconds(60)
        self.init(ownerURL: ownerURL, database: ScopedDatabase(configuration, logger: .silent))
    }

    /// A database that the test has opened in a way of its own.
    public init(ownerURL: String, database: ScopedDatabase) {
        self.ownerURL = ownerURL
        self.database = database
        tenants = TenantRepository(database)
        resolver = CredentialResolver(source: tenants)
    }

    /// The directory's view of this database.
    public var source: PostgresDirectorySource {
        PostgresDirectorySource(database, events: Outbox(database))
    }

    /// Migrates the database of an URL.
    public static func migrate(_ url: String) async throws {
        _ = try await Migrator(directory: migrations, configuration: Configuration(url), logger: .silent).migrate()
    }

    /// Makes a tenant.
    public func tenant(_ slug: String) async throws -> TenantScope {
        _ = try await tenants.create(slug: TenantSlug(slug)!, name: "Tenant \(slug)", country: "DK")
        return try await scope(slug)
    }

    /// The scope of a tenant that is there.
    public func scope(_ slug: String) async throws -> TenantScope {
        try await resolver.commandLineScope(tenant: TenantSlug(slug)!)
    }

    /// Makes a salon without a calendar, and tells which it became.
    public func salon(_ profile: SalonProfile, of scope: TenantScope) async throws -> SalonID {
        let repository = SalonRepository(database, scope: scope)
        _ = try await repository.upsert([ImportedSalon(profile: profile)])
        return try await repository.salons(source: profile.source.source, limit: 1_000)
            .first { $0.profile.source.reference == profile.source.reference }!.id
    }

    /// Runs a body in the owner's own session, past all policies.
    public func owner<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
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
}

extension Connection {
    /// Runs a body as one turn.
    public func turn<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) throws -> R { try body(self) }
}

extension SalonProfile {
    /// A published salon in the middle of Copenhagen, unless told otherwise.
    public static func sample(
        _ reference: String, name: String = "Salon", latitude: Double = 55.6761, longitude: Double = 12.5683
    ) -> SalonProfile {
        SalonProfile(
            name: name, location: Coordinate(uncheckedLatitude: latitude, longitude: longitude),
            timeZone: "Europe/Copenhagen", source: SourceReference(source: "test", reference: reference))
    }
}
