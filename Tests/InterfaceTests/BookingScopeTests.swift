import Foundation
import Harness
import Salons
import Tenancy
import Testing

struct `Who may book where` {
    @Test func `a tenant's credential opens its own salons and bookings, and no others`() async throws {
        let (mine, door) = try await BookableSalon.new(tenant: Backend.slugs[0])
        let (other, _) = try await BookableSalon.new(tenant: Backend.slugs[1])
        let (backend, _) = try await BookableSalon.stage()
        let tenant = try #require(mine.scope.tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: ["https://salon.example"])
        let fields = ["Authorization: Bearer \(key)"]

        let own = try await door.send(
            "POST", "/v1/bookings", mine.booking(at: mine.text(10)), key: UUID().uuidString, fields: fields)
        #expect(own.status == 201, "\(own.text)")
        let theirs = try await door.send(
            "POST", "/v1/bookings", other.booking(at: other.text(10)), key: UUID().uuidString)
        #expect(theirs.status == 201, "\(theirs.text)")
        let id = try #require(theirs.json["id"]?.string)

        for (path, body) in [
            ("/v1/bookings", other.booking(at: other.text(12))), ("/v1/holds", "{\(other.wish(at: other.text(12)))}"),
        ] {
            let reply = try await door.send("POST", path, body, key: UUID().uuidString, fields: fields)
            #expect(reply.status == 404, "\(reply.text)")
            #expect(reply.problem == "unknown-salon")
            #expect(reply.pointers == ["/salon"])
        }
        let refused: [(String, String, String?)] = [
            ("GET", "/v1/bookings/\(id)", nil), ("DELETE", "/v1/bookings/\(id)", nil),
            ("DELETE", "/v1/holds/\(id)", nil), ("DELETE", "/v1/bookings/\(id)/customer", nil),
            ("PATCH", "/v1/bookings/\(id)", #"{"start":"\#(other.text(15))"}"#),
            ("POST", "/v1/bookings", #"{"hold":"\#(id)",\#(BookableSalon.customer)}"#),
        ]
        for (method, path, body) in refused {
            let reply = try await door.send(method, path, body, key: UUID().uuidString, fields: fields)
            #expect(reply.status == 404, "\(method) \(path): \(reply.text)")
            #expect(reply.problem == "unknown-booking")
        }
        #expect(try await door.ask("/v1/bookings/\(id)").body == theirs.body)
        for part in ["slots", "services", "staff"] {
            #expect(try await door.ask("/v1/salons/\(mine.id)/\(part)", fields: fields).status == 200)
            #expect(try await door.ask("/v1/salons/\(other.id)/\(part)", fields: fields).status == 404)
            #expect(try await door.ask("/v1/salons/\(other.id)/\(part)").status == 200)
        }
        let lookup = #"{"offers":[{\#(other.wish(at: other.text(12)))},{\#(mine.wish(at: mine.text(12)))}]}"#
        let looked = try await door.send("POST", "/v1/availability:lookup", lookup, fields: fields)
        let offers = try #require(looked.json["offers"]?.array)
        #expect(offers.map { $0["available"]?.bool } == [false, true])
        #expect(offers[0]["reason"]?.string == "unknown-salon")
        // A key that is bound to origins is not for other pages.
        let elsewhere = try await door.send(
            "POST", "/v1/bookings", mine.booking(at: mine.text(12)), key: UUID().uuidString,
            fields: fields + ["Origin: https://evil.example"])
        #expect(elsewhere.status == 403)
    }

    @Test func `the marketplace books in what is published, and nowhere else`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let booked = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: UUID().uuidString)
        #expect(booked.status == 201)
        let (other, _) = try await BookableSalon.new()
        try await Psql.run(
            "UPDATE salon SET status = 'draft' WHERE salon_id IN ('\(salon.id)', '\(other.id)')",
            at: salon.store.ownerURL)
        let hidden = try await door.send(
            "POST", "/v1/bookings", other.booking(at: other.text(12)), key: UUID().uuidString)
        #expect(hidden.status == 404)
        #expect(hidden.problem == "unknown-salon")
        #expect(try await door.ask("/v1/salons/\(other.id)/slots").status == 404)
        // What is booked can still be given back by who knows its identifier.
        let id = try #require(booked.json["id"]?.string)
        #expect(try await door.send("DELETE", "/v1/bookings/\(id)", key: UUID().uuidString).status == 200)
        // A salon without a calendar is on the map and takes no bookings.
        let plain = try #require(
            try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=1").ids.first.flatMap(SalonID.init(_:)))
        #expect(try await door.ask("/v1/salons/\(plain)").status == 200)
        #expect(try await door.ask("/v1/salons/\(plain)/slots").status == 404)
        let wish = #"{"salon":"\#(plain)","service":"\#(salon.cut)","start":"\#(salon.text(10))"}"#
        #expect(try await door.send("POST", "/v1/holds", wish, key: UUID().uuidString).problem == "unknown-salon")
    }

    @Test func `one tenant's key of a request is another's own`() async throws {
        let (mine, door) = try await BookableSalon.new(tenant: Backend.slugs[0])
        let (other, _) = try await BookableSalon.new(tenant: Backend.slugs[1])
        let key = UUID().uuidString
        let first = try await door.send("POST", "/v1/bookings", mine.booking(at: mine.text(10)), key: key)
        let second = try await door.send("POST", "/v1/bookings", other.booking(at: other.text(10)), key: key)
        #expect(first.status == 201)
        #expect(second.status == 201)
        #expect(first.json["id"] != second.json["id"])
    }
}
