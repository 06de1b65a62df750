import Crypto
import DataEncodings
public import Foundation
import Postgres
public import Salons

/// A tenant that is to be made, with what its visitors show.
public struct NewTenant: Sendable, Hashable {
    /// Public short name.
    public var slug: TenantSlug
    /// Display name.
    public var name: String
    /// ISO 3166-1 alpha-2.
    public var country: String
    /// Origins from which browsers may use its key.
    public var origins: [String]
    /// Host names whose visitors see its salons.
    public var hosts: [String]

    /// Describes a tenant.
    public init(slug: TenantSlug, name: String, country: String, origins: [String] = [], hosts: [String] = []) {
        self.slug = slug
        self.name = name
        self.country = country
        self.origins = origins
        self.hosts = hosts
    }
}

/// A publishable key as it is made: the one moment in which it is known.
public struct NewKey: Sendable {
    /// What `revoke` takes.
    public let id: UUID
    /// The key itself.
    public let key: String
}

/// A tenant that was made.
public struct MadeTenant: Sendable {
    /// Identity.
    public let id: TenantID
    /// Its first key.
    public let key: NewKey
}

/// A key or a host name of a tenant as the platform lists it.
public struct CredentialListing: Sendable, Hashable {
    /// Identity over all tenants.
    public let id: UUID
    /// Whose it is.
    public let tenant: TenantSlug
    /// The first twelve hexadecimal digits of a key's SHA-256; nil for a host.
    public let fingerprint: String?
    /// The host name; nil for a key.
    public let host: String?
    /// Origins from which browsers may use a key.
    public let origins: [String]
    /// When it was made.
    public let createdAt: Date
    /// When it was ended, if it was.
    public let revokedAt: Date?
}

/// What became of a credential that was to be ended.
public struct Revocation: Sendable, Hashable {
    /// The credential as it stands now.
    public let listing: CredentialListing
    /// Whether it was in force until now.
    public let wasLive: Bool
}

extension TenantRepository {
    /// Makes a tenant with a key and its hosts, all of it or nothing. Throws `TenantError.slugTaken` and
    /// `TenantError.hostTaken`.
    public func create(_ tenant: NewTenant) async throws -> MadeTenant {
        try await database.platform(access) { connection in
            let id = try Self.insert(tenant, connection)
            let key = try Self.insertKey(id, origins: tenant.origins, connection)
            for host in tenant.hosts { try Self.insert(host: host, id, connection) }
            return MadeTenant(id: id, key: key)
        }
    }

    /// Makes another key for a tenant.
    public func createKey(tenant: TenantID, origins: [String]) async throws -> NewKey {
        try await database.platform(access) { connection in
            try Self.insertKey(tenant, origins: origins, connection)
        }
    }

    /// Keys or host names, of one tenant or of all, in the order of slugs and times; those that were ended included.
    public func credentials(hosts: Bool, tenant: TenantID?) async throws -> [CredentialListing] {
        let kind = hosts ? "host" : "publishable_key"
        let whose: SQL = tenant.map { "c.tenant_id = \($0.rawValue)" } ?? "true"
        return try await database.platform(access, readOnly: true) { connection in
            try connection.query(
                """
                \(unsafe: Self.selection) WHERE c.kind = \(kind) AND \(whose)
                ORDER BY t.slug, c.created_at, c.credential_id
                """
            ).map(Self.listing)
        }
    }

    /// Ends a key, by its identifier or by the key itself. Returns it as it stands now and whether it was live before;
    /// nil when there is none.
    public func revoke(key: String) async throws -> Revocation? {
        let digest = Bytes(CredentialResolver.digest(of: key))
        let which: SQL = UUID(uuidString: key).map { "c.credential_id = \($0)" } ?? "c.digest = \(digest)"
        return try await revoke("c.kind = 'publishable_key' AND \(which)")
    }

    /// Ends the mapping of a host name; nil when the host is not mapped.
    public func revoke(host: String) async throws -> CredentialListing? {
        // One that was ended before may have been mapped anew, so only the live one is meant.
        try await revoke("c.host = \(CredentialResolver.name(of: host)) AND c.revoked_at IS NULL")?.listing
    }

    private func revoke(_ condition: SQL) async throws -> Revocation? {
        try await database.platform(access) { connection in
            let rows = try connection.query(
                """
                UPDATE credential c SET revoked_at = now() WHERE c.revoked_at IS NULL AND \(condition)
                RETURNING c.credential_id
                """)
            var ended: UUID?
            var which = condition
            if let row = rows.first {
                let id = try row.decode(UUID.self)
                try Self.tell(connection)
                ended = id
                which = "c.credential_id = \(id)"
            }
            guard let row = try connection.query("\(unsafe: Self.selection) WHERE \(which)").first else { return nil }
            return Revocation(listing: try Self.listing(row), wasLive: ended != nil)
        }
    }

    // MARK: Parts of a transaction

    static func insert(_ tenant: NewTenant, _ connection: isolated Connection) throws -> TenantID {
        do {
            return TenantID(
                try connection.query(
                    """
                    INSERT INTO tenant (slug, name, country)
                    VALUES (\(tenant.slug.text), \(tenant.name), \(tenant.country)) RETURNING tenant_id
                    """)[0].decode(UUID.self))
        } catch {
            guard error.code == .uniqueViolation else { throw error }
            throw TenantError.slugTaken(tenant.slug.text)
        }
    }

    static func insertKey(
        _ tenant: TenantID, origins: [String], _ connection: isolated Connection
    ) throws -> NewKey {
        let key = "pk_" + SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.text(Array($0)) }
        let digest = Bytes(CredentialResolver.digest(of: key))
        let origins = origins.map { $0.lowercased() }
        let id = try connection.query(
            """
            INSERT INTO credential (tenant_id, kind, digest, origins)
            VALUES (\(tenant.rawValue), 'publishable_key', \(digest), \(origins)) RETURNING credential_id
            """)[0].decode(UUID.self)
        try tell(connection)
        return NewKey(id: id, key: key)
    }

    static func insert(host: String, _ tenant: TenantID, _ connection: isolated Connection) throws {
        let name = CredentialResolver.name(of: host)
        do {
            try connection.execute(
                "INSERT INTO credential (tenant_id, kind, host) VALUES (\(tenant.rawValue), 'host', \(name))")
        } catch {
            guard error.code == .uniqueViolation else { throw error }
            throw TenantError.hostTaken(host)
        }
        try tell(connection)
    }

    /// Tells the running instances when this transaction commits; they look credentials up anew.
    private static func tell(_ connection: isolated Connection) throws {
        try connection.execute("SELECT pg_notify(\(ScopedDatabase.credentialChannel), '')")
    }

    private static func listing(_ row: Row) throws -> CredentialListing {
        let (id, slug, fingerprint, host, origins, createdAt, revokedAt) = try row.decode(
            UUID.self, String.self, String?.self, String?.self, [String].self, Date.self, Date?.self)
        guard let tenant = TenantSlug(slug) else { throw TenantError.malformedSlug(slug) }
        return CredentialListing(
            id: id, tenant: tenant, fingerprint: fingerprint, host: host, origins: origins, createdAt: createdAt,
            revokedAt: revokedAt)
    }

    private static let selection = """
        SELECT c.credential_id, t.slug, left(encode(c.digest, 'hex'), 12), c.host, c.origins, c.created_at,
            c.revoked_at
        FROM credential c JOIN tenant t USING (tenant_id)
        """
}
