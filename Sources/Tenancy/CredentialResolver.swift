import Crypto
public import Foundation
public import Salons
import Synchronization

/// What the platform knows of a credential. `SalonStore` looks it up.
public struct CredentialRecord: Sendable, Hashable {
    /// Whose it is.
    public let tenant: TenantID
    /// Origins from which a key may be used; none means that browsers may not use it.
    public let origins: [String]

    /// Describes a credential.
    public init(tenant: TenantID, origins: [String]) {
        self.tenant = tenant
        self.origins = origins
    }
}

/// Looks credentials up in the truth.
public protocol CredentialSource: Sendable {
    /// The live key with this SHA-256, if any.
    func publishableKey(digest: [UInt8]) async throws -> CredentialRecord?
    /// All host names that are mapped to a tenant, in lower case.
    func hosts() async throws -> [String: TenantID]
    /// The tenant with this slug, if any.
    func tenant(slug: TenantSlug) async throws -> TenantID?
}

/// Turns what a request shows into a scope; keeps answers for a short while, also those that say no.
///
/// `refresh` is called when credentials have changed, so that a revoked key ends at once. Should that message be lost,
/// the key works on for `lifetime` at most, or until the database is back. Mapped hosts are few and are all kept, so
/// that a request without a key never waits for the database.
public final class CredentialResolver: Sendable {
    private struct Known {
        var record: CredentialRecord?
        var until: Date
    }

    private struct Hosts {
        var map: [String: TenantID]
        var until: Date
    }

    private struct State {
        var keys: [[UInt8]: Known] = [:]
        var hosts: Hosts?
        /// Raised by `refresh`, so that what was looked up before it is not taken for fresh.
        var round = 0
    }

    private let source: any CredentialSource
    private let lifetime: TimeInterval
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - source: where credentials are looked up.
    ///   - lifetime: seconds for which an answer is kept.
    ///   - capacity: keys kept at most, so that guessing keys cannot fill the memory.
    ///   - now: the clock.
    public init(
        source: any CredentialSource, lifetime: TimeInterval = 30, capacity: Int = 10_000,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.source = source
        self.lifetime = lifetime
        self.capacity = capacity
        self.now = now
    }

    /// The scope of a publishable key that is used from an origin; nil is a caller that is not a browser.
    public func scope(publishableKey key: String, origin: String?) async throws(CredentialError) -> TenantScope {
        let digest = Self.digest(of: key)
        let round = state.withLock { $0.round }
        let record: CredentialRecord?
        if let known = state.withLock({ $0.keys[digest] }), known.until > now() {
            record = known.record
        } else {
            do {
                record = try await source.publishableKey(digest: digest)
            } catch {
                // Without the database a key that was good goes on being good, as searches do.
                guard let known = state.withLock({ $0.keys[digest] }), let last = known.record else {
                    throw .unavailable
                }
                record = last
            }
            var known = Known(record: record, until: now().addingTimeInterval(lifetime))
            state.withLock { state in
                if state.round != round { known.until = .distantPast }
                if state.keys.count >= capacity { state.keys.removeAll(keepingCapacity: true) }
                state.keys[digest] = known
            }
        }
        guard let record else { throw .unknown }
        if let origin, !record.origins.contains(origin.lowercased()) { throw .originNotAllowed }
        return TenantScope(audience: .tenant(record.tenant))
    }

    /// The scope of a host name, with or without a port: the tenant that it is mapped to, else the marketplace.
    public func scope(host: String) async throws(CredentialError) -> TenantScope {
        let hosts: [String: TenantID]
        let round = state.withLock { $0.round }
        if let known = state.withLock({ $0.hosts }), known.until > now() {
            hosts = known.map
        } else {
            do {
                hosts = try await source.hosts()
            } catch {
                // Without the database the mapping last seen still holds; without any, nobody is let in by mistake.
                guard let last = state.withLock({ $0.hosts }) else { throw .unavailable }
                hosts = last.map
            }
            var fresh = Hosts(map: hosts, until: now().addingTimeInterval(lifetime))
            state.withLock { state in
                if state.round != round { fresh.until = .distantPast }
                state.hosts = fresh
            }
        }
        return hosts[Self.name(of: host)].map { TenantScope(audience: .tenant($0)) } ?? .marketplace
    }

    /// Looks everything up anew at its next use: credentials have changed. What is known still stands in while the
    /// database is away.
    public func refresh() {
        state.withLock { state in
            state.round += 1
            for digest in state.keys.keys { state.keys[digest]?.until = .distantPast }
            state.hosts?.until = .distantPast
        }
    }

    /// Whether a host is known, without a look at the database, to belong to the marketplace.
    public func isMarketplace(host: String?) -> Bool {
        state.withLock { state in
            guard let hosts = state.hosts, hosts.until > now() else { return false }
            if hosts.map.isEmpty { return true }
            return hosts.map[Self.name(of: host ?? "")] == nil
        }
    }

    /// The scope of a tenant that an operator named on the command line.
    public func commandLineScope(tenant slug: TenantSlug) async throws -> TenantScope {
        guard let tenant = try await source.tenant(slug: slug) else { throw TenancyError.unknownTenant(slug.text) }
        return TenantScope(audience: .tenant(tenant))
    }

    /// The SHA-256 under which a key is kept.
    public static func digest(of key: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(key.utf8)))
    }

    /// A host name as it is compared: lower case, without port and without the root's dot.
    public static func name(of host: String) -> String {
        var name = host.hasPrefix("[") ? host[...] : host.prefix { $0 != ":" }
        // `shop.example.` with the root's dot is the same host.
        if name.hasSuffix(".") { name.removeLast() }
        return name.lowercased()
    }
}
