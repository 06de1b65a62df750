import Foundation
import Harness
import Tenancy
import Testing

struct `Pages` {
    private static func pages(_ door: Door, _ target: String, fields: [String] = []) async throws -> [[String]] {
        var pages: [[String]] = []
        var cursor: String?
        repeat {
            let reply = try await door.ask(target + (cursor.map { "&cursor=\($0)" } ?? ""), fields: fields)
            guard reply.status == 200 else { throw WireError(description: reply.text) }
            pages.append(reply.ids)
            cursor = reply.json["next_cursor"]?.string
            if pages.count > 200 { throw WireError(description: "no end of pages") }
        } while cursor != nil
        return pages
    }

    @Test(arguments: [
        "lat=55.68&lon=12.56&radius_m=800", "lat=55.68&lon=12.56&radius_m=2500&sort=rating",
        "lat=55.68&lon=12.56&radius_m=2500&sort=distance,rating", "bbox=12.54,55.66,12.58,55.70&open_now=true",
        "lat=55.68&lon=12.56&radius_m=900&category=hair",
    ])
    func `neither repeat nor skip, and are the one big page cut up`(query: String) async throws {
        let door = try await Door.shared()
        let all = try await Self.pages(door, "/v1/salons/nearby?\(query)&limit=100").flatMap(\.self)
        #expect(all.count > 20)
        #expect(Set(all).count == all.count)
        for limit in [1, 7, 20] where limit > 1 || all.count < 120 {
            let pages = try await Self.pages(door, "/v1/salons/nearby?\(query)&limit=\(limit)")
            #expect(pages.flatMap(\.self) == all, "limit \(limit)")
            #expect(pages.dropLast().allSatisfy { $0.count == limit })
            #expect(pages.last?.isEmpty == false)
        }
    }

    @Test func `a page's size and members may change from page to page, the order of parameters too`() async throws {
        let door = try await Door.shared()
        let first = try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=5")
        let cursor = try #require(first.json["next_cursor"]?.string)
        let other = try await door.ask("/v1/salons/nearby?cursor=\(cursor)&limit=9&fields=name&lon=12.56&lat=55.68")
        #expect(other.status == 200)
        let whole = try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=14")
        #expect(first.ids + other.ids == whole.ids)
    }

    @Test func `a cursor that was altered, cut or carried elsewhere is refused`() async throws {
        let door = try await Door.shared()
        let question = "lat=55.68&lon=12.56&radius_m=2000"
        for sort in ["distance", "rating"] {
            let target = "/v1/salons/nearby?\(question)&sort=\(sort)&limit=5"
            let cursor = try #require(try await door.ask(target).json["next_cursor"]?.string)
            #expect(try await door.ask("\(target)&cursor=\(cursor)").status == 200)
            var forged = [String(cursor.dropLast()), String(cursor.dropFirst()), cursor + "A", "A", "AQAAAAAA"]
            for index in [0, 1, 20, 40, 60, 71] {
                var characters = Array(cursor)
                characters[index] = characters[index] == "A" ? "B" : "A"
                forged.append(String(characters))
            }
            for text in forged { try await Self.refused(door, "\(target)&cursor=\(text)") }
            for other in [
                "lat=55.69&lon=12.56&radius_m=2000&sort=\(sort)", "lat=55.68&lon=12.56&radius_m=2001&sort=\(sort)",
                "\(question)&sort=\(sort)&category=hair", "\(question)&sort=distance,rating",
            ] {
                try await Self.refused(door, "/v1/salons/nearby?\(other)&cursor=\(cursor)")
            }
        }
    }

    private static func refused(_ door: Door, _ target: String) async throws {
        let reply = try await door.ask(target)
        #expect(reply.status == 400, "\(target)")
        #expect(reply.problem == "invalid-cursor")
        #expect(reply.faults == ["cursor"])
    }

    @Test func `a tenant's cursor is of no use to another`() async throws {
        let backend = try await Backend.shared()
        let door = try await Door.shared()
        var keys: [String] = []
        for slug in Backend.slugs.prefix(2) {
            let tenant = try #require(try await backend.store.scope(slug).tenant)
            keys.append(try await backend.tenants.createPublishableKey(tenant: tenant, origins: []))
        }
        for sort in ["distance", "rating"] {
            let target = "/v1/salons/nearby?lat=55.68&lon=12.56&limit=5&sort=\(sort)"
            let mine = try await door.ask(target, fields: ["Authorization: Bearer \(keys[0])"])
            let cursor = try #require(mine.json["next_cursor"]?.string)
            let page = "\(target)&cursor=\(cursor)"
            #expect(try await door.ask(page, fields: ["Authorization: Bearer \(keys[0])"]).status == 200)
            #expect(try await door.ask(page, fields: ["Authorization: Bearer \(keys[1])"]).problem == "invalid-cursor")
            #expect(try await door.ask(page).problem == "invalid-cursor")
        }
    }
}
