import Foundation
import Harness
import Tenancy
import Testing

struct `Whose salons are seen` {
    private static let target = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=100"

    private static func slugs(_ reply: Reply) -> Set<String> {
        Set(reply.json["salons"]?.array?.compactMap { $0["tenant"]?.string } ?? [])
    }

    @Test func `without a credential all tenants' salons are`() async throws {
        let reply = try await Door.shared().ask(Self.target)
        #expect(Self.slugs(reply) == Set(Backend.slugs))
    }

    @Test func `with a publishable key only its tenant's are, also one by one`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.shared()
        let slug = Backend.slugs[0]
        let tenant = try #require(try await backend.store.scope(slug).tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: ["https://Salon.example"])
        let authorization = "Authorization: Bearer \(key)"
        for sort in ["distance", "rating"] {
            let reply = try await door.ask("\(Self.target)&sort=\(sort)", fields: [authorization])
            #expect(reply.status == 200)
            #expect(Self.slugs(reply) == [slug])
            #expect(reply["cache-control"]?.contains("private") == true)
        }
        let mine = try #require(try await door.ask(Self.target, fields: [authorization]).ids.first)
        let everyones = try await door.ask(Self.target).json["salons"]!.array!
        let other = try #require(everyones.first { $0["tenant"]?.string != slug }?["id"]?.string)
        let own = try await door.ask("/v1/salons/\(mine)", fields: [authorization])
        #expect(own.status == 200)
        #expect(own["cache-control"]?.hasPrefix("private") == true)
        #expect(try await door.ask("/v1/salons/\(other)", fields: [authorization]).status == 404)
        #expect(try await door.ask("/v1/salons/\(other)").status == 200)
        for origin in ["https://salon.example", "https://SALON.example"] {
            let reply = try await door.ask(Self.target, fields: [authorization, "Origin: \(origin)"])
            #expect(reply.status == 200)
        }
        for origin in [
            "https://evil.example", "http://salon.example", "https://salon.example:8443", "null", "",
            "https://salon.example.evil.example",
        ] {
            let reply = try await door.ask(Self.target, fields: [authorization, "Origin: \(origin)"])
            #expect(reply.status == 403, "\(origin)")
            #expect(reply.problem == "origin-not-allowed")
            #expect(reply.ids.isEmpty)
        }
    }

    @Test(arguments: [
        "Bearer pk_wrong", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "pk_wrong", "", "Bearer a b", "bearer\tpk_x",
    ])
    func `with a credential that is none, none are`(value: String) async throws {
        let reply = try await Door.shared().ask(Self.target, fields: ["Authorization: \(value)"])
        #expect(reply.status == 401)
        #expect(reply.problem == "unauthorized")
        #expect(reply["www-authenticate"] == "Bearer")
    }

    @Test func `a revoked key opens nothing`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.shared()
        let tenant = try #require(try await backend.store.scope(Backend.slugs[0]).tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: [])
        #expect(try await backend.tenants.revoke(publishableKey: key))
        #expect(try await door.ask(Self.target, fields: ["Authorization: Bearer \(key)"]).status == 401)
    }

    @Test func `under a mapped host only its tenant's are, on either way to an answer`() async throws {
        let backend = try await Backend.own()
        let slug = Backend.slugs[1]
        let tenant = try #require(try await backend.store.scope(slug).tenant)
        try await backend.tenants.map(host: "Shop.Example", to: tenant)
        try await Door.with(backend) { door in
            for host in ["shop.example", "SHOP.example:8080"] {
                for _ in 0..<2 {
                    let reply = try await door.ask(Self.target, fields: ["Host: \(host)"])
                    #expect(Self.slugs(reply) == [slug], "\(host)")
                }
            }
            for host in ["other.example", "shop.example.evil.example", "127.0.0.1", "[::1]:80", ""] {
                for _ in 0..<2 {
                    let reply = try await door.ask(Self.target, fields: ["Host: \(host)"])
                    #expect(Self.slugs(reply) == Set(Backend.slugs), "\(host)")
                }
            }
        }
        try await backend.stop()
    }
}
