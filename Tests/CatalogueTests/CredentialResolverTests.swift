import Foundation
import Salons
import Synchronization
import Tenancy
import Testing

struct CredentialResolverTests {
    /// Credentials that can be changed or be away, with a count of how often they were asked for.
    private final class Source: CredentialSource {
        struct Away: Error {}
        struct State {
            var keys: [[UInt8]: CredentialRecord] = [:]
            var hosts: [String: TenantID] = [:]
            var isAway = false
            var isHung = false
            var questions = 0
            var time = Date(timeIntervalSince1970: 1_000_000)
        }
        let state = Mutex(State())

        private func ask<R>(_ answer: (State) -> R) throws -> R {
            try state.withLock { state in
                state.questions += 1
                if state.isAway { throw Away() }
                return answer(state)
            }
        }

        func publishableKey(digest: [UInt8]) async throws -> CredentialRecord? {
            await hang()
            return try ask { $0.keys[digest] }
        }

        func hosts() async throws -> [String: TenantID] {
            await hang()
            return try ask(\.hosts)
        }

        private func hang() async {
            while state.withLock({ $0.isHung }) { await Task.yield() }
        }
        func tenant(slug: TenantSlug) async throws -> TenantID? { nil }

        var questions: Int { state.withLock { $0.questions } }
        func wait(_ seconds: TimeInterval) { state.withLock { $0.time += seconds } }
        func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

        func resolver(capacity: Int = 10_000) -> CredentialResolver {
            CredentialResolver(source: self, lifetime: 30, capacity: capacity, now: { self.state.withLock { $0.time } })
        }
    }

    private static let tenant = TenantID(UUID())

    @Test func `a key is looked up once in its lifetime`() async throws {
        let source = Source()
        source.change {
            $0.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        let resolver = source.resolver()
        for _ in 0..<3 {
            #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        }
        #expect(source.questions == 1)
        source.change { $0.keys = [:] }
        source.wait(29)
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        source.wait(2)
        // Whoever comes first after that is still let in, while it is looked up behind.
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        while source.questions < 2 { await Task.yield() }
        while (try? await resolver.scope(publishableKey: "k", origin: nil)) != nil { await Task.yield() }
        await #expect(throws: CredentialError.unknown) { try await resolver.scope(publishableKey: "k", origin: nil) }
        #expect(source.questions == 2)
    }

    @Test func `what has changed is looked up at its next use when the resolver is told`() async throws {
        let source = Source()
        source.change { state in
            for key in ["k", "l"] {
                state.keys[CredentialResolver.digest(of: key)] = CredentialRecord(tenant: Self.tenant, origins: [])
            }
            state.hosts = ["a.example": Self.tenant]
        }
        let resolver = source.resolver()
        for key in ["k", "l"] { _ = try await resolver.scope(publishableKey: key, origin: nil) }
        _ = try await resolver.scope(host: "a.example")
        source.change { state in
            state.keys[CredentialResolver.digest(of: "k")] = nil
            state.hosts = ["b.example": Self.tenant]
        }
        resolver.refresh()
        await #expect(throws: CredentialError.unknown) { try await resolver.scope(publishableKey: "k", origin: nil) }
        #expect(try await resolver.scope(host: "b.example").tenant == Self.tenant)
        // A key that is good goes on being good while the database is away.
        resolver.refresh()
        source.change { $0.isAway = true }
        #expect(try await resolver.scope(publishableKey: "l", origin: nil).tenant == Self.tenant)
        #expect(try await resolver.scope(host: "b.example").tenant == Self.tenant)
    }

    @Test func `a renewal looks up what is used and forgets what is not`() async throws {
        let source = Source()
        source.change {
            $0.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        let resolver = source.resolver()
        _ = try await resolver.scope(publishableKey: "k", origin: nil)
        source.wait(31)
        source.change { $0.keys = [:] }
        await resolver.renew()
        await #expect(throws: CredentialError.unknown) { try await resolver.scope(publishableKey: "k", origin: nil) }
        // A key that nobody has used for two lifetimes is looked up before it opens anything.
        source.change {
            $0.keys[CredentialResolver.digest(of: "l")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        _ = try await resolver.scope(publishableKey: "l", origin: nil)
        for _ in 0..<2 {
            source.wait(31)
            await resolver.renew()
        }
        source.change { $0.keys = [:] }
        await #expect(throws: CredentialError.unknown) { try await resolver.scope(publishableKey: "l", origin: nil) }
    }

    @Test func `a new host is heard at the next renewal`() async throws {
        let source = Source()
        let resolver = source.resolver()
        #expect(try await resolver.scope(host: "a.example") == .marketplace)
        source.change { $0.hosts = ["a.example": Self.tenant] }
        await resolver.renew()
        #expect(!resolver.isMarketplace(host: "a.example"))
        #expect(try await resolver.scope(host: "a.example").tenant == Self.tenant)
    }

    @Test func `while the database hangs, what is known serves at once`() async throws {
        let source = Source()
        source.change { state in
            state.hosts = ["a.example": Self.tenant]
            state.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        let resolver = source.resolver()
        _ = try await resolver.scope(host: "a.example")
        _ = try await resolver.scope(publishableKey: "k", origin: nil)
        source.change { $0.isHung = true }
        source.wait(86_400)
        for _ in 0..<3 {
            #expect(try await resolver.scope(host: "a.example").tenant == Self.tenant)
            #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
            #expect(resolver.isMarketplace(host: "b.example"))
        }
        // Also when it hangs right after a change.
        resolver.refresh()
        #expect(try await resolver.scope(host: "a.example").tenant == Self.tenant)
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        #expect(resolver.isMarketplace(host: "b.example"))
        source.change { $0.isHung = false }
    }

    @Test func `a key that is none is looked up once in its lifetime`() async throws {
        let source = Source()
        let resolver = source.resolver()
        for _ in 0..<3 {
            await #expect(throws: CredentialError.unknown) {
                try await resolver.scope(publishableKey: "k", origin: nil)
            }
        }
        #expect(source.questions == 1)
        source.wait(31)
        source.change {
            $0.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
    }

    @Test func `guessed keys do not fill the memory`() async throws {
        let source = Source()
        let resolver = source.resolver(capacity: 2)
        for key in ["a", "b", "c", "a"] {
            _ = try? await resolver.scope(publishableKey: key, origin: nil)
        }
        #expect(source.questions == 4)
    }

    @Test func `without the database a key is neither known nor unknown`() async throws {
        let source = Source()
        source.change { $0.isAway = true }
        let resolver = source.resolver()
        await #expect(throws: CredentialError.unavailable) {
            try await resolver.scope(publishableKey: "k", origin: nil)
        }
        source.change { state in
            state.isAway = false
            state.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
    }

    @Test func `without the database a key that was good stays good`() async throws {
        let source = Source()
        source.change { state in
            state.keys[CredentialResolver.digest(of: "k")] = CredentialRecord(tenant: Self.tenant, origins: [])
        }
        let resolver = source.resolver()
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        source.change { $0.isAway = true }
        source.wait(31)
        #expect(try await resolver.scope(publishableKey: "k", origin: nil).tenant == Self.tenant)
        await #expect(throws: CredentialError.unavailable) {
            try await resolver.scope(publishableKey: "other", origin: nil)
        }
    }

    @Test func `without the database hosts are taken as last seen`() async throws {
        let source = Source()
        let resolver = source.resolver()
        source.change { $0.isAway = true }
        #expect(!resolver.isMarketplace(host: "anything"))
        await #expect(throws: CredentialError.unavailable) { try await resolver.scope(host: "a.example") }
        source.change { state in
            state.isAway = false
            state.hosts = ["a.example": Self.tenant]
        }
        #expect(try await resolver.scope(host: "a.example").tenant == Self.tenant)
        source.change { $0.isAway = true }
        source.wait(31)
        #expect(resolver.isMarketplace(host: "b.example"))
        #expect(try await resolver.scope(host: "a.example").tenant == Self.tenant)
        #expect(try await resolver.scope(host: "b.example") == .marketplace)
        #expect(resolver.isMarketplace(host: "b.example"))
    }

    @Test(arguments: ["a.example", "A.Example:8080", "a.example.", "a.example.:443"])
    func `a host is known in each of its spellings`(host: String) async throws {
        let source = Source()
        source.change { $0.hosts = ["a.example": Self.tenant] }
        #expect(try await source.resolver().scope(host: host).tenant == Self.tenant)
    }

    @Test func `a browser's origin must be one of the key's`() async throws {
        let source = Source()
        source.change { state in
            state.keys[CredentialResolver.digest(of: "k")] =
                CredentialRecord(tenant: Self.tenant, origins: ["https://a.example"])
        }
        let resolver = source.resolver()
        for origin in ["https://b.example", "http://a.example", "https://a.example.evil.example", "null", ""] {
            await #expect(throws: CredentialError.originNotAllowed) {
                try await resolver.scope(publishableKey: "k", origin: origin)
            }
        }
        #expect(try await resolver.scope(publishableKey: "k", origin: "https://A.example").tenant == Self.tenant)
    }

    @Test func `a cache key tells tenants, kinds, versions and questions apart and shows no question`() throws {
        let texts = ["1", "2"].flatMap { version in
            ["nearby", "tiles"].flatMap { kind in
                ["at=55.6,12.5", "at=55.6,12.6"].map { question in
                    CacheKey(scope: .marketplace, kind: kind, version: version, question: question).text
                }
            }
        }
        #expect(Set(texts).count == 8)
        #expect(texts.allSatisfy { $0.hasPrefix("t:{public}:") && !$0.contains("55.6") })
    }
}
