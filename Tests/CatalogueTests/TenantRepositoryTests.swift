import Foundation
import Harness
import Postgres
import Salons
import Tenancy
import Testing

struct TenantRepositoryTests {
    @Test func `tenants are listed by slug`() async throws {
        let store = try await Store.migrated()
        for slug in ["zebra", "apple", "m-1"] { _ = try await store.tenant(slug) }
        let list = try await store.tenants.list()
        #expect(list.map(\.slug.text) == ["apple", "m-1", "zebra"])
        #expect(list.map(\.name) == ["Tenant apple", "Tenant m-1", "Tenant zebra"])
        #expect(list.allSatisfy { $0.country == "DK" && abs($0.createdAt.timeIntervalSinceNow) < 3_600 })
        #expect(try await store.tenants.tenant(slug: TenantSlug("m-1")!) == list[1].id)
        #expect(try await store.tenants.tenant(slug: TenantSlug("none")!) == nil)
    }

    @Test func `a slug belongs to one tenant`() async throws {
        let store = try await Store.migrated()
        _ = try await store.tenant("apple")
        await #expect(throws: TenantError.slugTaken("apple")) {
            try await store.tenants.create(slug: TenantSlug("apple")!, name: "Another", country: "SE")
        }
        #expect(try await store.tenants.list().count == 1)
    }

    @Test func `every slug that Swift takes is taken by the database`() async throws {
        let store = try await Store.migrated()
        for text in ["a", "0", "a-b-c", "9-9", String(repeating: "x", count: 63)] {
            _ = try await store.tenants.create(slug: TenantSlug(text)!, name: "n", country: "DK")
        }
        #expect(try await store.tenants.list().count == 5)
    }

    @Test func `only the digest of a key is kept`() async throws {
        let store = try await Store.migrated()
        let tenant = try #require(try await store.tenant("apple").tenant)
        let key = try await store.tenants.createPublishableKey(tenant: tenant, origins: ["https://Salon.example"])
        #expect(key.hasPrefix("pk_") && key.utf8.count == 46)
        let dump = try await Psql.run("SELECT c, encode(digest, 'escape') FROM credential c", at: store.ownerURL)
        #expect(!dump.contains(key) && !dump.contains(key.dropFirst(3)))
        #expect(dump.contains("https://salon.example"))
        let hex = CredentialResolver.digest(of: key).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        #expect(dump.contains(hex.joined()))
    }

    @Test func `no two keys are equal`() async throws {
        let store = try await Store.migrated()
        let tenant = try #require(try await store.tenant("apple").tenant)
        var keys: Set<String> = []
        for _ in 0..<20 { keys.insert(try await store.tenants.createPublishableKey(tenant: tenant, origins: [])) }
        #expect(keys.count == 20)
    }

    @Test func `a key opens its tenant's scope from its origins`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("apple")
        _ = try await store.tenant("pear")
        let key = try await store.tenants.createPublishableKey(
            tenant: scope.tenant!, origins: ["https://salon.example"])
        #expect(try await store.resolver.scope(publishableKey: key, origin: nil) == scope.asCustomer)
        #expect(
            try await store.resolver.scope(publishableKey: key, origin: "https://SALON.example") == scope.asCustomer)
        await #expect(throws: CredentialError.originNotAllowed) {
            try await store.resolver.scope(publishableKey: key, origin: "https://other.example")
        }
        await #expect(throws: CredentialError.unknown) {
            try await store.resolver.scope(publishableKey: key + "x", origin: nil)
        }
    }

    @Test func `a revoked key opens nothing`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("apple")
        let key = try await store.tenants.createPublishableKey(tenant: scope.tenant!, origins: [])
        let other = try await store.tenants.createPublishableKey(tenant: scope.tenant!, origins: [])
        #expect(try await store.tenants.revoke(publishableKey: key))
        #expect(try await store.tenants.revoke(publishableKey: key) == false)
        #expect(try await store.tenants.revoke(publishableKey: "pk_none") == false)
        await #expect(throws: CredentialError.unknown) {
            try await store.resolver.scope(publishableKey: key, origin: nil)
        }
        #expect(try await store.resolver.scope(publishableKey: other, origin: nil) == scope.asCustomer)
    }

    @Test func `a host name leads to its tenant, any other to the marketplace`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("apple")
        let pear = try await store.tenant("pear")
        try await store.tenants.map(host: "Book.Apple.example", to: scope.tenant!)
        #expect(try await store.tenants.hosts() == ["book.apple.example": scope.tenant!])
        for host in ["book.apple.example", "BOOK.apple.example:8080"] {
            #expect(try await store.resolver.scope(host: host) == scope.asCustomer)
            #expect(!store.resolver.isMarketplace(host: host))
        }
        for host in ["apple.example", "localhost:80", "[::1]:80", ""] {
            #expect(try await store.resolver.scope(host: host) == .marketplace)
            #expect(store.resolver.isMarketplace(host: host))
        }
        await #expect(throws: TenantError.hostTaken("book.apple.example")) {
            try await store.tenants.map(host: "book.apple.example", to: pear.tenant!)
        }
    }

    @Test func `a tenant that is not there has no scope`() async throws {
        let store = try await Store.migrated()
        await #expect(throws: TenancyError.unknownTenant("none")) {
            try await store.resolver.commandLineScope(tenant: TenantSlug("none")!)
        }
    }
}
