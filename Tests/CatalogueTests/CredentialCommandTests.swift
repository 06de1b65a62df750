import Foundation
import Harness
import Postgres
import Salons
import Tenancy
import Testing

struct `Keys and hosts` {
    private func new(_ slug: String, hosts: [String] = []) throws -> NewTenant {
        NewTenant(
            slug: try #require(TenantSlug(slug)), name: slug, country: "DK", origins: ["https://a.example"],
            hosts: hosts)
    }

    @Test func `of a tenant are made with it, or none of it is`() async throws {
        let store = try await Store.migrated()
        let first = try await store.tenants.create(try new("first", hosts: ["a.example", "b.example"]))
        #expect(try await store.tenants.hosts() == ["a.example": first.id, "b.example": first.id])
        await #expect(throws: TenantError.hostTaken("b.example")) {
            try await store.tenants.create(try new("second", hosts: ["c.example", "b.example"]))
        }
        await #expect(throws: TenantError.slugTaken("first")) {
            try await store.tenants.create(try new("first", hosts: ["d.example"]))
        }
        #expect(try await store.tenants.list().map(\.slug.text) == ["first"])
        #expect(try await store.tenants.hosts().count == 2)
        #expect(try await store.tenants.credentials(hosts: false, tenant: nil).map(\.tenant.text) == ["first"])
        // What was refused is free still.
        _ = try await store.tenants.create(try new("second", hosts: ["c.example"]))
    }

    @Test func `are listed without what is secret of them`() async throws {
        let store = try await Store.migrated()
        let made = try await store.tenants.create(try new("first"))
        let other = try await store.tenants.create(try new("other"))
        let more = try await store.tenants.createKey(tenant: made.id, origins: [])
        let list = try await store.tenants.credentials(hosts: false, tenant: made.id)
        #expect(list.map(\.id) == [made.key.id, more.id])
        #expect(list.map(\.origins) == [["https://a.example"], []])
        let digest = CredentialResolver.digest(of: made.key.key)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(list[0].fingerprint == String(digest.prefix(12)))
        #expect(!"\(list)".contains(made.key.key.dropFirst(3).prefix(8)))
        #expect(try await store.tenants.credentials(hosts: false, tenant: nil).count == 3)
        #expect(try await store.tenants.credentials(hosts: true, tenant: other.id).isEmpty)
    }

    @Test func `are ended once, a key by its identifier or by itself`() async throws {
        let store = try await Store.migrated()
        let made = try await store.tenants.create(try new("first", hosts: ["a.example"]))
        let more = try await store.tenants.createKey(tenant: made.id, origins: [])
        #expect(try await store.tenants.revoke(key: "\(made.key.id)")?.wasLive == true)
        #expect(try await store.tenants.revoke(key: more.key)?.listing.id == more.id)
        let again = try #require(try await store.tenants.revoke(key: "\(made.key.id)"))
        #expect(!again.wasLive && again.listing.revokedAt != nil)
        #expect(try await store.tenants.revoke(key: "pk_none") == nil)
        #expect(try await store.tenants.revoke(key: "\(UUID())") == nil)
        for key in [made.key.key, more.key] {
            let digest = CredentialResolver.digest(of: key)
            #expect(try await store.tenants.publishableKey(digest: digest) == nil)
        }
        #expect(try await store.tenants.revoke(host: "A.example")?.host == "a.example")
        #expect(try await store.tenants.revoke(host: "a.example") == nil)
        // A host that is free again may be another tenant's.
        let second = try await store.tenants.create(try new("second", hosts: ["a.example"]))
        #expect(try await store.tenants.hosts() == ["a.example": second.id])
    }

    @Test func `that are ended are told of when it is done`() async throws {
        let store = try await Store.migrated()
        let made = try await store.tenants.create(try new("first"))
        let listener = Listener(
            try Configuration(store.ownerURL), channels: [ScopedDatabase.credentialChannel], logger: .silent)
        let events = listener.events()
        let running = Task { try await listener.run() }
        defer { running.cancel() }
        var reader = events.makeAsyncIterator()
        #expect(await reader.next() == .listening)
        _ = try await store.tenants.revoke(key: made.key.key)
        guard case .notification(let found) = await reader.next() else {
            Issue.record("nothing was told")
            return
        }
        #expect(found.channel == ScopedDatabase.credentialChannel)
    }
}

struct `Names that browsers show` {
    @Test(arguments: [
        ("https://Salon.Example", "https://salon.example"), ("http://salon.example:8080", "http://salon.example:8080"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"), ("http://[::1]:3000", "http://[::1]:3000"),
        ("http://127.0.0.1:5173", "http://127.0.0.1:5173"),
    ])
    func `are taken as origins`(text: String, origin: String) throws {
        #expect(try WebName.origin(text) == origin)
    }

    @Test(arguments: [
        "", "salon.example", "ftp://salon.example", "https://", "https://salon.example/", "https://salon.example/a",
        "https://salon.example?x", "https://salon.example#x", "https://u@salon.example", "https://salon.example:443",
        "http://salon.example:80", "https://salon.example:0", "https://salon.example:080", "https://salon.example:",
        "https://salon.example:65536", "https://frisør.example", "https://-a.example", "https://a..example",
        "https://a b.example", "*", "https://*.example", "null",
    ])
    func `are refused as origins where no browser writes them so`(text: String) {
        #expect(throws: WebName.Fault.self) { try WebName.origin(text) }
    }

    @Test(arguments: [("Shop.Example", "shop.example"), ("shop.example.", "shop.example"), ("localhost", "localhost")])
    func `are taken as hosts`(text: String, host: String) throws {
        #expect(try WebName.host(text) == host)
    }

    @Test(arguments: [
        "", "https://shop.example", "shop.example:8080", "shop.example/x", "a b", "shøp.example", "a_b", ".",
    ])
    func `are refused as hosts where they are more than that, or none`(text: String) {
        #expect(throws: WebName.Fault.self) { try WebName.host(text) }
    }
}
