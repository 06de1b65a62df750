import Catalogue
import Harness
import Salons
import Testing

struct `A salon without a known time zone` {
    /// Takes the zone away from a salon, and waits until the directory has heard of it.
    private static func forget(_ salon: BookableSalon) async throws {
        let repository = SalonRepository(salon.store.database, scope: salon.scope)
        var profile = try #require(try await repository.salon(salon.id)).profile
        profile.timeZone = nil
        profile.openingHours = "24/7"
        _ = try await repository.upsert([ImportedSalon(profile: profile)])
    }

    @Test func `says so in its card and is never known to be open`() async throws {
        let (salon, door) = try await BookableSalon.new()
        try await Self.forget(salon)
        try await eventually {
            let card = try await door.ask("/v1/salons/\(salon.id)").json
            return card["opening_hours"] != nil && card["time_zone"] == nil && card["open_now"] == nil
        }
        let services = try await door.ask("/v1/salons/\(salon.id)/services").json
        #expect(services["services"]?.array?.count == 2 && services["time_zone"] == nil)
        let contract = try await Contract.served()
        #expect(contract.faults(services, contract.schema("/v1/salons/{id}/services")) == [])
    }

    @Test func `offers nothing and says why and what helps`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let query = "service=\(salon.cut)&\(salon.window(salon.text(10), salon.text(12)))"
        #expect(try await salon.slots(door, query).json["slots"]?.array?.isEmpty == false)
        try await Self.forget(salon)
        let reply = try await salon.slots(door, query)
        let contract = try await Contract.served()
        #expect(contract.faults(reply.json, contract.schema("/v1/salons/{id}/slots")) == [])
        #expect(reply.status == 200 && reply.json["slots"]?.array?.isEmpty == true && reply.json["time_zone"] == nil)
        #expect(reply.json["diagnosis"]?["reason"]?.string == "unknown-time-zone")
        #expect(reply.json["diagnosis"]?["detail"]?.string?.contains("timezone") == true)

        let refused = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: "unknown-zone")
        #expect(refused.status == 422 && refused.problem == "rule-violation", "\(refused.text)")
        #expect(refused.json["errors"]?.array?.first?["rule"]?.string == "unknown-time-zone")
    }

    @Test func `is counted by the diagnosis of a search for free times`() async throws {
        try await AvailableWorld.with { world in
            for salon in world.salons { try await Self.forget(salon) }
            let salon = world.salons[0]
            try await eventually {
                let reply = try await world.ask(salon.text(10), salon.text(11))
                return reply.json["diagnosis"]?["removed"]?["time_zone"] != nil
            }
            let reply = try await world.ask(salon.text(10), salon.text(11))
            #expect(reply.json["salons"]?.array?.isEmpty == true, "\(reply.text)")
        }
    }

    @Test func `lets a booking of before be cancelled`() async throws {
        let (salon, door) = try await BookableSalon.new(.lateOpening { $0.cancellationWindow = 60 })
        let booked = try await door.send("POST", "/v1/bookings", salon.booking(at: salon.text(15)), key: "before")
        let id = try #require(booked.json["id"]?.string)
        try await Self.forget(salon)
        let reply = try await door.send("DELETE", "/v1/bookings/\(id)", key: "after")
        #expect(reply.status == 200, "\(reply.text)")
    }
}
