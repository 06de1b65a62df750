import Availability
import Foundation
import Harness
import Reservations
import Scheduling
import Tenancy
import Testing

struct `Who can take me` {
    @Test func `the nearest salons that can begin in the window, each with its first start`() async throws {
        try await AvailableWorld.with { world in
            let contract = try await Contract.served()
            let salon = world.salons[0]
            try await world.fill(1, from: salon.at(10), to: salon.at(11))
            try await world.fill(2, from: salon.at(10), to: salon.at(10, 20))
            let reply = try await world.ask(salon.text(10), salon.text(11))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(world.numbers(reply) == [2, 3])
            let starts = reply.json["salons"]?.array?.map { $0["next_free_at"]?.string }
            #expect(starts == [salon.text(10, 30), salon.text(10)])
            let services = reply.json["salons"]?.array?.map { $0["next_free_service"]?.string }
            #expect(services == ["\(world.salons[1].cut)", "\(world.salons[2].cut)"])
            #expect(reply["cache-control"] == "private, no-cache")
            #expect(contract.faults(reply.json, contract.schema("/v1/salons/available")) == [])
            let tag = try #require(reply["etag"])
            // The minute may have turned in between.
            let again = try await world.ask(salon.text(10), salon.text(11), fields: ["If-None-Match: \(tag)"])
            #expect(again.status == 304 || again["etag"] != tag)
            // With a field that the event loop does not answer, the router says the same.
            let routed = try await world.ask(salon.text(10), salon.text(11), fields: ["Origin: http://example.com"])
            #expect(routed.json["salons"] == reply.json["salons"])
        }
    }

    @Test func `what is booked is not offered again, and what is cancelled is`() async throws {
        try await AvailableWorld.with { world in
            let salon = world.salons[0]
            let window = (salon.text(10), salon.text(10, 5))
            #expect(world.numbers(try await world.ask(window.0, window.1)) == [1, 2, 3])
            var booked: [String] = []
            for _ in 0..<3 {
                let reply = try await world.door.send(
                    "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: UUID().uuidString)
                #expect(reply.status == 201, "\(reply.text)")
                booked.append(try #require(reply.json["id"]?.string))
            }
            #expect(world.numbers(try await world.ask(window.0, window.1)) == [2, 3])
            let strong = try await world.ask(window.0, window.1, "&service=haircut&consistency=strong")
            #expect(world.numbers(strong) == [2, 3])
            _ = try await world.door.send("DELETE", "/v1/bookings/\(booked[1])", key: UUID().uuidString)
            #expect(world.numbers(try await world.ask(window.0, window.1)) == [1, 2, 3])
        }
    }

    @Test func `another instance hears of it`() async throws {
        try await AvailableWorld.with { world in
            let (board, feed) = AvailableWorld.board(world.backend)
            defer { feed.cancel() }
            let salon = world.salons[0]
            let question = AvailabilityQuestion(
                .service(salon.cut), staff: salon.anna, window: salon.at(10)..<salon.at(10, 5), now: Date())
            @Sendable func isFree() async throws -> Bool {
                let said = try await board.answers(question, for: [salon.id], scope: .marketplace)
                if case .free = said.answers[0] { return true }
                return false
            }
            try await eventually { board.isTrusted }
            #expect(try await isFree())
            let reply = try await world.door.send(
                "POST", "/v1/bookings", salon.booking(by: salon.anna, at: salon.text(10)), key: UUID().uuidString)
            #expect(reply.status == 201)
            try await eventually { try await !isFree() }
            let id = try #require(reply.json["id"]?.string)
            _ = try await world.door.send("DELETE", "/v1/bookings/\(id)", key: UUID().uuidString)
            try await eventually { try await isFree() }
        }
    }

    @Test func `an empty answer says who was full, closed or without the service, and when they are free next`()
        async throws
    {
        try await AvailableWorld.with { world in
            let contract = try await Contract.served()
            let salon = world.salons[0]
            try await world.fill(1, from: salon.at(10), to: salon.at(12))
            try await world.fill(2, from: salon.at(10), to: salon.at(12))
            try await world.fill(3, from: salon.at(10), to: salon.at(12))
            let full = try await world.ask(salon.text(10), salon.text(11))
            #expect(full.json["salons"]?.array == [])
            #expect(full.json["diagnosis"]?["removed"]?["full"]?.number == 3)
            #expect(full.json["diagnosis"]?["relax"]?.string == "to")
            let next = full.json["diagnosis"]?["next_free"]?.array?.map { $0["next_free_at"]?.string }
            #expect(next == Array(repeating: salon.text(12), count: 3))
            #expect(contract.faults(full.json, contract.schema("/v1/salons/available")) == [])
            let night = try await world.ask(salon.text(2), salon.text(3))
            #expect(night.json["diagnosis"]?["removed"]?["closed"]?.number == 3)
            let tattoo = try await world.ask(salon.text(10), salon.text(11), "&service=tattoo")
            #expect(tattoo.json["diagnosis"]?["removed"]?["service"]?.number == 3)
            #expect(tattoo.json["diagnosis"]?["relax"]?.string == "service")
            let filtered = try await world.ask(salon.text(14), salon.text(15), "&service=haircut&min_rating=5")
            #expect(filtered.json["diagnosis"]?["removed"]?["min_rating"]?.number == 3)
            #expect(filtered.json["diagnosis"]?["relax"]?.string == "min_rating")
        }
    }

    @Test func `orders by start, and pages neither repeat nor skip`() async throws {
        try await AvailableWorld.with { world in
            let salon = world.salons[0]
            try await world.fill(1, from: salon.at(10), to: salon.at(10, 40))
            try await world.fill(2, from: salon.at(10), to: salon.at(10, 10))
            for (sort, order) in [("distance", [1, 2, 3]), ("soonest", [3, 2, 1])] {
                var pages: [Int] = []
                var cursor = ""
                for _ in 0..<3 {
                    let reply = try await world.ask(
                        salon.text(10), salon.text(11), "&service=haircut&limit=1&sort=\(sort)\(cursor)")
                    pages += world.numbers(reply)
                    guard let next = reply.json["next_cursor"]?.string else { break }
                    cursor = "&cursor=\(next)"
                }
                #expect(pages == order, "sort=\(sort)")
            }
            let banded = try await world.ask(salon.text(10), salon.text(11), "&service=haircut&sort=distance,soonest")
            #expect(world.numbers(banded) == [2, 1, 3])
        }
    }

    @Test func `a party needs a person each, and the way there takes its time`() async throws {
        try await AvailableWorld.with { world in
            let salon = world.salons[0]
            let window = (salon.text(10), salon.text(10, 5))
            _ = try await salon.blocks.block(
                salon.anna, in: salon.id, during: [salon.at(10)..<salon.at(11)], kind: .block)
            world.board.noteChange(staff: [salon.anna])
            #expect(world.numbers(try await world.ask(window.0, window.1, "&service=haircut&party=2")) == [1, 2, 3])
            #expect(world.numbers(try await world.ask(window.0, window.1, "&service=haircut&party=3")) == [2, 3])
            #expect(world.numbers(try await world.ask(window.0, window.1, "&service=haircut&party=4")) == [])
            let anna = try await world.ask(window.0, window.1, "&service=haircut&staff=\(salon.anna)")
            #expect(world.numbers(anna) == [])
            let bo = try await world.ask(window.0, window.1, "&service=haircut&staff=\(salon.bo)")
            #expect(world.numbers(bo) == [1])
            let walking = try await world.ask(window.0, window.1, "&service=haircut&walk=true")
            #expect(world.numbers(walking) == [1, 2, 3])
        }
    }

    @Test func `a tenant's key finds its own salons`() async throws {
        try await AvailableWorld.with { world in
            let salon = world.salons[0]
            let key = try await world.backend.tenants.createPublishableKey(
                tenant: try #require(world.salons[1].scope.tenant), origins: [])
            let reply = try await world.ask(
                salon.text(10), salon.text(11), fields: ["Authorization: Bearer \(key)"])
            #expect(world.numbers(reply) == [2])
        }
    }

    @Test(arguments: [
        ("within_min=0", ["within_min"]), ("within_min=1441", ["within_min"]), ("within_min=x", ["within_min"]),
        ("from=2026-11-24T10:00:00Z", ["to"]), ("to=2026-11-24T10:00:00Z", ["from"]),
        ("from=2026-11-24T10:00:00Z&to=2026-11-24T09:00:00Z", ["to"]),
        ("from=2026-11-24T10:00:00Z&to=2026-12-24T09:00:00Z", ["to"]),
        ("from=2026-11-24&to=2026-11-25", ["from", "to"]),
        ("within_min=60&from=2026-11-24T10:00:00Z&to=2026-11-24T11:00:00Z", ["from", "to"]),
        ("service=hair", ["service"]), ("staff=anna", ["staff"]), ("party=0", ["party"]), ("party=9", ["party"]),
        ("party=2", ["party"]), ("party=2&service=haircut&staff=3f0c2f9e-6d0a-4f0e-9d5e-0d6d1b0f6a11", ["party"]),
        ("walk=yes", ["walk"]), ("consistency=eventual", ["consistency"]), ("sort=rating", ["sort"]),
        ("radius_m=-1", ["radius_m"]), ("when=now", ["when"]),
    ])
    func `refuses by name what it does not understand`(query: String, names: [String]) async throws {
        let door = try await Door.shared()
        let reply = try await door.ask("/v1/salons/available?lat=55.68&lon=12.57&\(query)")
        #expect(reply.status == 400, "\(reply.text)")
        let named = reply.json["errors"]?.array?.compactMap { $0["parameter"]?.string } ?? []
        #expect(Set(named) == Set(names), "\(reply.text)")
    }

    @Test func `without calendars it says so`() async throws {
        let reply = try await Door.shared().ask("/v1/salons/available?lat=55.68&lon=12.57")
        #expect(reply.status == 503)
        #expect(reply.problem == "unavailable")
        #expect(reply["retry-after"] != nil)
    }
}
