import Catalogue
import Directory
import Foundation
import Harness
import Salons
import Tenancy
import Testing

/// Customers see and book what is published, however they come: with nothing, with a tenant's key, by its host.
struct `What is published` {
    private static let host = "salon.example"

    /// A backend of its own, whose first tenant has a key and a host; and what a request of each kind shows.
    private static func stage() async throws -> (
        Backend, BookableSalon, Door, ways: [(name: String, fields: [String])]
    ) {
        let backend = try await Backend.own()
        let salon = try await BookableSalon(in: backend)
        let tenant = try #require(salon.scope.tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: [])
        try await backend.tenants.map(host: host, to: tenant)
        let door = try await Door.open(backend)
        return (
            backend, salon, door,
            [("no key", []), ("a key", ["Authorization: Bearer \(key)"]), ("its host", ["Host: \(host)"])]
        )
    }

    private static func set(_ status: SalonStatus, _ salon: BookableSalon) async throws {
        _ = try await SalonRepository(salon.store.database, scope: salon.scope).setStatus(status, of: salon.id)
    }

    @Test(arguments: [SalonStatus.draft, .closed])
    func `what is not published is seen and booked by no customer`(status: SalonStatus) async throws {
        let (backend, salon, door, ways) = try await Self.stage()
        var bookings: [String: [String]] = [:]
        for (number, way) in ways.enumerated() {
            // The salon's roster, and whose it is, are in memory from here on.
            for hour in [8, 9] {
                let booked = try await door.send(
                    "POST", "/v1/bookings", salon.booking(at: salon.text(hour + number * 2)), key: UUID().uuidString,
                    fields: way.fields)
                #expect(booked.status == 201, "\(booked.text)")
                bookings[way.name, default: []].append(try #require(booked.json["id"]?.string))
            }
        }
        let held = try await door.send(
            "POST", "/v1/holds", "{\(salon.wish(at: salon.text(20)))}", key: UUID().uuidString)
        let hold = try #require(held.json["id"]?.string)
        try await Self.set(status, salon)
        for way in ways {
            for (path, body) in [
                ("/v1/bookings", salon.booking(at: salon.text(17))),
                ("/v1/bookings", salon.booking(by: salon.anna, at: salon.text(17))),
                ("/v1/holds", "{\(salon.wish(at: salon.text(17)))}"),
                (
                    "/v1/bookings",
                    "{\(salon.wish(at: salon.text(17))),\(BookableSalon.customer),"
                        + #""recurrence":{"every_weeks":1,"count":2}}"#
                ),
            ] {
                let reply = try await door.send("POST", path, body, key: UUID().uuidString, fields: way.fields)
                #expect(reply.status == 404 && reply.problem == "unknown-salon", "\(way.name) \(path): \(reply.text)")
                #expect(reply.pointers == ["/salon"])
            }
            for part in ["slots", "services", "staff"] {
                let reply = try await door.ask("/v1/salons/\(salon.id)/\(part)", fields: way.fields)
                #expect(reply.status == 404, "\(way.name) \(part): \(reply.text)")
            }
            let looked = try await door.send(
                "POST", "/v1/availability:lookup", #"{"offers":[{\#(salon.wish(at: salon.text(17)))}]}"#,
                fields: way.fields)
            let offer = try #require(looked.json["offers"]?.array?.first)
            #expect(offer["available"]?.bool == false && offer["reason"]?.string == "unknown-salon", "\(way.name)")
            let confirmed = try await door.send(
                "POST", "/v1/bookings", #"{"hold":"\#(hold)",\#(BookableSalon.customer)}"#, key: UUID().uuidString,
                fields: way.fields)
            #expect(confirmed.problem == "unknown-salon", "\(way.name): \(confirmed.text)")
            let ids = try #require(bookings[way.name])
            let moved = try await door.send(
                "PATCH", "/v1/bookings/\(ids[0])", #"{"start":"\#(salon.text(18))"}"#, key: UUID().uuidString,
                fields: way.fields)
            #expect(moved.status == 404 && moved.problem == "unknown-salon", "\(way.name): \(moved.text)")
            #expect(moved.pointers == [])
            // What is booked can be looked at and given back, and its times are those of the salon.
            let seen = try await door.ask("/v1/bookings/\(ids[0])", fields: way.fields)
            #expect(seen.status == 200 && seen.json["status"]?.string == "booked")
            #expect(seen.json["time_zone"]?.string == "Europe/Copenhagen")
            #expect(seen.json["start"]?.string?.hasSuffix("Z") == false)
            let cancelled = try await door.send(
                "DELETE", "/v1/bookings/\(ids[1])", key: UUID().uuidString, fields: way.fields)
            #expect(cancelled.status == 200 && cancelled.json["status"]?.string == "cancelled")
            #expect(cancelled.json["start"]?.string?.hasSuffix("+00:00") == false, "\(cancelled.text)")
        }
        // The map of salons follows by its feed.
        try await eventually { try backend.directory.salon(salon.id) == nil }
        for way in ways {
            #expect(try await door.ask("/v1/salons/\(salon.id)", fields: way.fields).status == 404)
            let near = try await door.ask("/v1/salons/nearby?lat=56.5&lon=9.5&radius_m=100", fields: way.fields)
            #expect(near.ids == [])
        }
        try await Self.set(.published, salon)
        for way in ways {
            #expect(try await door.ask("/v1/salons/\(salon.id)/slots", fields: way.fields).status == 200)
            let ids = try #require(bookings[way.name])
            let moved = try await door.send(
                "PATCH", "/v1/bookings/\(ids[0])", #"{"start":"\#(salon.text(19))"}"#, key: UUID().uuidString,
                fields: way.fields)
            #expect(moved.status == 200, "\(way.name): \(moved.text)")
        }
        try await door.close()
        try await backend.stop()
    }

    @Test func `a zone that is not known is left out, and the times are in UTC`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let booked = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: UUID().uuidString)
        let id = try #require(booked.json["id"]?.string)
        try await Psql.run(
            "UPDATE salon SET time_zone = 'Mars/Olympus_Mons', status = 'draft' WHERE salon_id = '\(salon.id)'",
            at: salon.store.ownerURL)
        let seen = try await door.ask("/v1/bookings/\(id)")
        #expect(seen.status == 200)
        #expect(seen.json["time_zone"] == nil)
        let utc = ISO8601DateFormatter().string(from: salon.at(10))
        #expect(utc.hasSuffix("Z") && seen.json["start"]?.string == utc)
        #expect(seen.json["steps"]?.array?.first?["start"]?.string == utc)
    }
}
