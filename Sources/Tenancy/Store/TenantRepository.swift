public import Foundation
import Postgres
public import Salons

/// One tenant as the platform lists it.
public struct TenantRecord: Sendable, Hashable {
    /// Identity.
    public let id: TenantID
    /// Public short name.
    public let slug: TenantSlug
    /// Display name.
    public let name: String
    /// ISO 3166-1 alpha-2.
    public let country: String
    /// When it was made.
    public let createdAt: Date
}

/// Tenants and their credentials: the platform's own administration.
public struct TenantRepository: CredentialSource {
    let database: ScopedDatabase
    let access = PlatformAccess.administration()

    /// Works on this database.
    public init(_ database: ScopedDatabase) {
        self.database = database
    }

    /// Makes a tenant. Throws `TenantError.slugTaken`.
    public func create(slug: TenantSlug, name: String, country: String) async throws -> TenantID {
        try await database.platform(access) { connection in
            try Self.insert(NewTenant(slug: slug, name: name, country: country), connection)
        }
    }

    /// All tenants by slug.
    public func list() async throws -> [TenantRecord] {
        try await database.platform(access, readOnly: true) { connection in
            try connection.query("SELECT tenant_id, slug, name, country::text, created_at FROM tenant ORDER BY slug")
                .compactMap { row in
                    let (id, slug, name, country, createdAt) = try row.decode(
                        UUID.self, String.self, String.self, String.self, Date.self)
                    return TenantSlug(slug).map {
                        TenantRecord(id: TenantID(id), slug: $0, name: name, country: country, createdAt: createdAt)
                    }
                }
        }
    }

    /// The tenant with this slug, if any.
    public func tenant(slug: TenantSlug) async throws -> TenantID? {
        try await database.platform(access, readOnly: true) { connection in
            try connection.query("SELECT tenant_id FROM tenant WHERE slug = \(slug.text)").first
                .map { TenantID(try $0.decode(UUID.self)) }
        }
    }

    /// Makes a publishable key for a tenant, bound to origins such as `https://salon.example`. The key is returned this
    /// once; only its digest is kept.
    public func createPublishableKey(tenant: TenantID, origins: [String]) async throws -> String {
        try await createKey(tenant: tenant, origins: origins).key
    }

    /// Ends a key; false when there is no such live key.
    public func revoke(publishableKey key: String) async throws -> Bool {
        try await revoke(key: key)?.wasLive ?? false
    }

    /// Maps a host name to a tenant. Throws `TenantError.hostTaken`.
    public func map(host: String, to tenant: TenantID) async throws {
        try await database.platform(access) { connection in try Self.insert(host: host, tenant, connection) }
    }

    /// The live key with this digest, if any.
    public func publishableKey(digest: [UInt8]) async throws -> CredentialRecord? {
        let digest = Bytes(digest)
        return try await database.platform(access, readOnly: true) { connection in
            try connection.query(
                "SELECT tenant_id, origins FROM credential WHERE digest = \(digest) AND revoked_at IS NULL"
            ).first.map { row in
                let (tenant, origins) = try row.decode(UUID.self, [String].self)
                return CredentialRecord(tenant: TenantID(tenant), origins: origins)
            }
        }
    }

    /// All mapped host names.
    public func hosts() async throws -> [String: TenantID] {
        try await database.platform(access, readOnly: true) { connection in
            var hosts: [String: TenantID] = [:]
            let rows = try connection.query(
                "SELECT host, tenant_id FROM credential WHERE host IS NOT NULL AND revoked_at IS NULL")
            for row in rows {
                let (host, tenant) = try row.decode(String.self, UUID.self)
                hosts[host] = TenantID(tenant)
            }
            return hosts
        }
    }
}
