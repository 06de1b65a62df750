import Foundation
import Harness
import Tenancy
import Testing

struct `An empty answer` {
    private static let place = "/v1/salons/nearby?lat=55.68&lon=12.56&radius_m=900"

    /// Everything in the region, as a client can get it without any filter.
    private static func region(_ door: Door) async throws -> Set<String> {
        try await ids(door, "")
    }

    private static func ids(_ door: Door, _ filter: String) async throws -> Set<String> {
        var ids: Set<String> = []
        var cursor: String?
        repeat {
            let reply = try await door.ask(
                place + "&limit=100" + (filter.isEmpty ? "" : "&\(filter)") + (cursor.map { "&cursor=\($0)" } ?? ""))
            ids.formUnion(reply.ids)
            cursor = reply.json["next_cursor"]?.string
        } while cursor != nil
        return ids
    }

    @Test(arguments: [
        ["category=tanning", "attributes=wifi,cards,men,women", "min_rating=4.9"],
        ["category=tattoo", "price=4", "min_rating=5"],
        ["open_at=2026-11-24T03:00:00Z", "category=spa", "exclude=massage"],
        ["min_rating=5", "open_at=2026-11-22T10:00:00%2B01:00"],
    ])
    func `counts what each filter removes by itself, and what leaving one out would bring`(
        filters: [String]
    ) async throws {
        let door = try await Door.shared()
        let reply = try await door.ask("\(Self.place)&\(filters.joined(separator: "&"))")
        #expect(reply.ids.isEmpty)
        let diagnosis = try #require(reply.json["diagnosis"])
        let all = try await Self.region(door)
        #expect(diagnosis["within_radius"]?.number == Double(all.count))
        #expect(all.count > 20)
        var removed: [String: JSONTree] = [:]
        var helped: [String: Int] = [:]
        for (index, filter) in filters.enumerated() {
            let name = String(filter.prefix { $0 != "=" })
            let passing = try await Self.ids(door, filter)
            #expect(passing.isSubset(of: all))
            if passing.count < all.count { removed[name] = .number(Double(all.count - passing.count)) }
            var others = filters
            others.remove(at: index)
            helped[name] = try await Self.ids(door, others.joined(separator: "&")).count
        }
        #expect(diagnosis["removed"]?.object == removed)
        let best = helped.values.max() ?? 0
        let relax = diagnosis["relax"]?.string
        if best > 0 {
            #expect(relax.flatMap { helped[$0] } == best, "\(helped) \(relax ?? "-")")
        } else {
            #expect(relax == nil || relax == "radius_m")
        }
    }

    @Test func `says how far the nearest is when the radius is what keeps it out`() async throws {
        let door = try await Door.shared()
        let reply = try await door.ask("/v1/salons/nearby?lat=55&lon=3&radius_m=100")
        let diagnosis = try #require(reply.json["diagnosis"])
        #expect(diagnosis["within_radius"]?.number == 0)
        #expect(diagnosis["removed"]?.object == [:])
        #expect(diagnosis["relax"]?.string == "radius_m")
        let nearest = try await door.ask("/v1/salons/nearby?lat=55&lon=3&limit=1")
        #expect(diagnosis["nearest_m"] == nearest.json["salons"]?.array?.first?["distance_m"])
        let box = try await door.ask("/v1/salons/nearby?bbox=3,55,3.1,55.1")
        #expect(box.json["diagnosis"]?["relax"]?.string == "bbox")
    }

    @Test func `is diagnosed in the tenant's salons for a tenant`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.shared()
        let tenant = try #require(try await backend.store.scope(Backend.slugs[2]).tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: [])
        let target = "\(Self.place)&category=tanning&min_rating=5"
        let mine = try await door.ask(target, fields: ["Authorization: Bearer \(key)"])
        let everyones = try await door.ask(target)
        let count = try #require(mine.json["diagnosis"]?["within_radius"]?.number)
        #expect(count > 0)
        #expect(count < everyones.json["diagnosis"]!["within_radius"]!.number!)
    }

    @Test func `has no diagnosis on a later page, and a full page has none`() async throws {
        let door = try await Door.shared()
        #expect(try await door.ask(Self.place).json["diagnosis"] == nil)
    }
}
