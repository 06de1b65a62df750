import Foundation
import Harness
import Tenancy
import Testing

/// A validator is of one answer to one caller: nobody is told "not modified" for what they never had.
struct `An entity tag` {
    @Test func `of one question or caller is none of another`() async throws {
        let backend = try await Backend.own()
        var keys: [String] = []
        for slug in Backend.slugs.prefix(2) {
            let tenant = try #require(try await backend.store.scope(slug).tenant)
            keys.append(try await backend.tenants.createPublishableKey(tenant: tenant, origins: []))
        }
        let callers = [[], ["Authorization: Bearer \(keys[0])"], ["Authorization: Bearer \(keys[1])"]]
        try await Door.with(backend) { door in
            let nearby = "/v1/salons/nearby?lat=55.68&lon=12.56"
            let id = try #require(try await door.ask(nearby).ids.first)
            let targets = [
                nearby, "\(nearby)&limit=3", "\(nearby)&radius_m=500", "\(nearby)&fields=name",
                "\(nearby)&category=hair", "\(nearby)&sort=rating", "\(nearby)&sort=rating&limit=3",
                "\(nearby)&sort=rating&fields=name", "/v1/salons/nearby?lat=55.69&lon=12.56",
                "/v1/salons/nearby?lat=1&lon=1&radius_m=1", "/v1/salons/nearby?lat=2&lon=1&radius_m=1",
                "/v1/salons/\(id)", "/v1/salons/\(id)?fields=name",
            ]
            var tags: [String: String] = [:]
            for target in targets {
                for (number, fields) in callers.enumerated() {
                    let reply = try await door.ask(target, fields: fields)
                    guard let tag = reply["etag"] else {
                        #expect(reply.status == 404, "\(target)")
                        continue
                    }
                    let before = tags.updateValue("\(target) of caller \(number)", forKey: tag)
                    #expect(before == nil, "\(target) of caller \(number) has the tag of \(before ?? "")")
                    #expect(try await door.ask(target, fields: fields + ["If-None-Match: \(tag)"]).status == 304)
                }
            }
            #expect(tags.count >= targets.count * 2)
            let foreign = tags.keys.joined(separator: ", ")
            let other = try await door.ask("\(nearby)&limit=17", fields: ["If-None-Match: \(foreign)"])
            #expect(other.status == 200)
        }
        try await backend.stop()
    }

    @Test func `of calendars and bookings is of the salon and the caller`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let (twin, _) = try await BookableSalon.new()
        let window = salon.window(salon.text(1), salon.text(2))
        for path in ["slots?\(window)", "slots?\(window)&limit=3", "services", "staff"] {
            let tags = try await [salon, twin].asyncMap { try await door.ask("/v1/salons/\($0.id)/\(path)")["etag"] }
            #expect(tags[0] != nil && tags[0] != tags[1], "\(path)")
        }
        let tag = try await door.ask("/v1/salons/\(salon.id)/slots?\(window)")["etag"]
        #expect(try await door.ask("/v1/salons/\(salon.id)/slots?\(window)&limit=3")["etag"] != tag)
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
