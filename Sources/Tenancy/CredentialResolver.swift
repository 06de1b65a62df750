import Crypto
public import Foundation
public import Salons
import Synchronization
import Timing

/// What the platform knows of a credential. `TenantRepository` looks it up.
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

/// Turns what a request shows into a scope, from memory.
///
/// Only a first look at the hosts, and at a key that is not known, waits for the database. From then on the last answer
/// serves while it is renewed behind, however long the database is away. ``refresh()`` says that credentials have
/// changed: then the next use asks first, so that a revoked key ends at once, but never waits longer than `patience`.
/// Who calls ``renew()`` every second bounds how old an answer can be when that message is lost: a second for mapped
/// hosts, `lifetime` and a second for keys. Mapped hosts are few and are all kept.
public final class CredentialResolver: Sendable {
    private struct Known {
        var record: CredentialRecord?
        var until: Date
        /// Whether credentials have changed since.
        var isOutdated: Bool
        /// Since the last renewal.
        var isUsed = true
        var isRenewing = false
    }

    private struct Hosts {
        var map: [String: TenantID]
        var until: Date
        var isOutdated: Bool
    }

    private struct State {
        var keys: [[UInt8]: Known] = [:]
        var hosts: Hosts?
        var isRenewingHosts = false
        /// Raised by `refresh`, so that what was looked up before it is not taken for fresh.
        var round = 0
    }

    private let source: any CredentialSource
    private let lifetime: TimeInterval
    private let patience: Duration
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - source: where credentials are looked up.
    ///   - lifetime: seconds after which an answer is renewed by whoever uses it.
    ///   - patience: how long the first use after a change waits before the last answer serves.
    ///   - capacity: keys kept at most, so that guessing keys cannot fill the memory.
    ///   - now: the clock.
    public init(
        source: any CredentialSource, lifetime: TimeInterval = 30, patience: Duration = .milliseconds(250),
        capacity: Int = 10_000, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.source = source
        self.lifetime = lifetime
        self.patience = patience
        self.capacity = capacity
        self.now = now
    }

    private var round: Int { state.withLock { $0.round } }

    // MARK: Keys

    /// The scope of a publishable key that is used from an origin; nil is a caller that is not a browser.
    public func scope(publishableKey key: String, origin: String?) async throws(CredentialError) -> TenantScope {
        guard let record = try await record(of: Self.digest(of: key)) else { throw .unknown }
        if let origin, !record.origins.contains(origin.lowercased()) { throw .originNotAllowed }
        return TenantScope(audience: .tenant(record.tenant), actor: .customer)
    }

    private func record(of digest: [UInt8]) async throws(CredentialError) -> CredentialRecord? {
        let known = state.withLock { state in
            state.keys[digest]?.isUsed = true
            return state.keys[digest]
        }
        let isOld = known.map { $0.until <= now() } ?? true
        // What was good serves at any age, what was none for its lifetime.
        if let known, !known.isOutdated, !isOld || known.record != nil {
            if isOld { renewBehind(digest) }
            return known.record
        }
        let round = round
        let source = source
        do {
            let record: CredentialRecord? =
                known?.record == nil
                ? try await source.publishableKey(digest: digest)
                : try await Deadline.run(within: patience) { try await source.publishableKey(digest: digest) }
            keep(record, of: digest, round: round)
            return record
        } catch {
            guard let last = known?.record else { throw .unavailable }
            state.withLock { $0.keys[digest]?.isOutdated = false }
            return last
        }
    }

    private func keep(_ record: CredentialRecord?, of digest: [UInt8], round: Int) {
        let until = now().addingTimeInterval(lifetime)
        state.withLock { state in
            if state.keys[digest] == nil, state.keys.count >= capacity {
                // What was guessed makes room first.
                state.keys = state.keys.filter { $0.value.record != nil }
                if state.keys.count >= capacity { state.keys.removeAll(keepingCapacity: true) }
            }
            state.keys[digest] = Known(record: record, until: until, isOutdated: state.round != round)
        }
    }

    private func renewBehind(_ digest: [UInt8]) {
        let isMine = state.withLock { state in
            guard let known = state.keys[digest], !known.isRenewing else { return false }
            state.keys[digest]?.isRenewing = true
            return true
        }
        guard isMine else { return }
        Task {
            let round = round
            do {
                keep(try await source.publishableKey(digest: digest), of: digest, round: round)
            } catch {
                state.withLock { $0.keys[digest]?.isRenewing = false }
            }
        }
    }

    // MARK: Hosts

    /// The scope of a host name, with or without a port: the tenant that it is mapped to, else the marketplace.
    public func scope(host: String) async throws(CredentialError) -> TenantScope {
        let map = try await hosts()
        return map[Self.name(of: host)].map { TenantScope(audience: .tenant($0), actor: .customer) } ?? .marketplace
    }

    /// Whether a host is known, without a look at the database, to belong to the marketplace.
    public func isMarketplace(host: String?) -> Bool {
        guard let hosts = knownHosts(), !hosts.isOutdated else { return false }
        return hosts.map.isEmpty || hosts.map[Self.name(of: host ?? "")] == nil
    }

    private func hosts() async throws(CredentialError) -> [String: TenantID] {
        let known = knownHosts()
        if let known, !known.isOutdated { return known.map }
        let round = round
        let source = source
        do {
            let map =
                known == nil
                ? try await source.hosts() : try await Deadline.run(within: patience) { try await source.hosts() }
            keep(map, round: round)
            return map
        } catch {
            // Nobody is let in by mistake.
            guard let known else { throw .unavailable }
            state.withLock { $0.hosts?.isOutdated = false }
            return known.map
        }
    }

    /// What was last seen; once it is old, it is renewed behind.
    private func knownHosts() -> Hosts? {
        let (hosts, mustRenew) = state.withLock { state -> (Hosts?, Bool) in
            guard let hosts = state.hosts else { return (nil, false) }
            guard hosts.until <= now(), !state.isRenewingHosts else { return (hosts, false) }
            state.isRenewingHosts = true
            return (hosts, true)
        }
        if mustRenew {
            Task {
                await renewHosts()
                state.withLock { $0.isRenewingHosts = false }
            }
        }
        return hosts
    }

    private func keep(_ map: [String: TenantID], round: Int) {
        let until = now().addingTimeInterval(lifetime)
        state.withLock { $0.hosts = Hosts(map: map, until: until, isOutdated: $0.round != round) }
    }

    /// False where the database did not answer.
    @discardableResult
    private func renewHosts() async -> Bool {
        let round = round
        guard let map = try? await source.hosts() else { return false }
        keep(map, round: round)
        return true
    }

    // MARK: Renewal

    /// Credentials have changed: has everything looked up anew at its next use. What is known still stands in while the
    /// database is away.
    public func refresh() {
        state.withLock { state in
            state.round += 1
            for digest in state.keys.keys { state.keys[digest]?.isOutdated = true }
            state.hosts?.isOutdated = true
        }
    }

    /// Reads the hosts anew, and the keys whose lifetime is over: those that were used since, while the others are
    /// forgotten, so that a key which is used again after a day is looked up again first. Keeps everything while the
    /// database does not answer.
    public func renew() async {
        guard await renewHosts() else { return }
        let old = state.withLock { state -> [[UInt8]] in
            let time = now()
            var used: [[UInt8]] = []
            for (digest, known) in state.keys where known.until <= time && !known.isRenewing {
                if known.record != nil, known.isUsed { used.append(digest) } else { state.keys[digest] = nil }
            }
            return used
        }
        for digest in old {
            let round = round
            do {
                keep(try await source.publishableKey(digest: digest), of: digest, round: round)
                state.withLock { $0.keys[digest]?.isUsed = false }
            } catch {
                // The database has gone again: the rest is renewed once it is back.
                return
            }
        }
    }

    /// The scope of a tenant that an operator named on the command line.
    public func commandLineScope(tenant slug: TenantSlug) async throws -> TenantScope {
        guard let tenant = try await source.tenant(slug: slug) else { throw TenancyError.unknownTenant(slug.text) }
        return TenantScope(audience: .tenant(tenant), actor: .operator)
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
