import Foundation
import Harness
import Testing

struct `Changes of a booking` {
    private static func book(
        _ salon: BookableSalon, _ door: Door, _ start: String
    ) async throws -> (id: String, reply: Reply) {
        let reply = try await door.send(
            "POST", "/v1/bookings", salon.booking(by: salon.anna, at: start), key: UUID().uuidString)
        return (try #require(reply.json["id"]?.string), reply)
    }

    @Test func `a booking is shown as it is, under a tag, and never whom it is for`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let (id, made) = try await Self.book(salon, door, salon.text(10))
        let shown = try await door.ask("/v1/bookings/\(id)")
        #expect(shown.status == 200)
        #expect(shown.body == made.body)
        #expect(contract.faults(shown.json, contract.schema("/v1/bookings/{id}")) == [])
        #expect(shown["cache-control"] == "private, no-cache")
        let tag = try #require(shown["etag"])
        #expect(try await door.ask("/v1/bookings/\(id)", fields: ["If-None-Match: \(tag)"]).status == 304)
        #expect(!shown.text.lowercased().contains("kan"))
        for unknown in [UUID().uuidString, "x", "\(salon.id)"] {
            let reply = try await door.ask("/v1/bookings/\(unknown)")
            #expect(reply.status == 404)
            #expect(reply.problem == "unknown-booking")
        }
    }

    @Test func `a move needs the version that was seen, and frees what it leaves`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let (id, _) = try await Self.book(salon, door, salon.text(10))
        let moved = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(12))","version":1}"#, key: UUID().uuidString)
        #expect(moved.status == 200, "\(moved.text)")
        #expect(contract.faults(moved.json, contract.schema("/v1/bookings/{id}", "patch")) == [])
        #expect(moved.json["version"]?.number == 2)
        #expect(moved.json["start"]?.string == salon.text(12))
        #expect(moved.json["staff"]?.string == "\(salon.anna)")
        let stale = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(15))","version":1}"#, key: UUID().uuidString)
        #expect(stale.status == 409)
        #expect(stale.problem == "changed-meanwhile")
        #expect(stale.json["version"]?.number == 2)
        #expect(contract.faults(stale.json, ["$ref": "#/components/schemas/Problem"]) == [])
        // Without a version it goes wherever the booking is.
        let any = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"steps":[{"start":"\#(salon.text(15))","staff":"\#(salon.bo)"}]}"#,
            key: UUID().uuidString)
        #expect(any.status == 200, "\(any.text)")
        #expect(any.json["staff"]?.string == "\(salon.bo)")
        let (_, freed) = try await Self.book(salon, door, salon.text(12))
        #expect(freed.status == 201)
        let lost = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(12))","staff":"\#(salon.anna)"}"#,
            key: UUID().uuidString)
        #expect(lost.status == 409)
        #expect(lost.problem == "slot-taken")
        #expect(lost.json["alternatives"]?.array?.count == 3)
        let rule = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(12, 5))"}"#, key: UUID().uuidString)
        #expect(rule.status == 422)
        #expect(rule.pointers == ["/start"])
        let count = try await door.send(
            "PATCH", "/v1/bookings/\(id)",
            #"{"steps":[{"start":"\#(salon.text(12))"},{"start":"\#(salon.text(13))"}]}"#, key: UUID().uuidString)
        #expect(count.status == 400)
        #expect(count.pointers == ["/steps"])
    }

    @Test func `a visit moves as a whole`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let steps = #"""
            {"salon":"\#(salon.id)","steps":[
            {"service":"\#(salon.cut)","start":"\#(salon.text(10))","staff":"\#(salon.carl)"},
            {"service":"\#(salon.colour)","start":"\#(salon.text(10, 45))","staff":"\#(salon.bo)"}],
            \#(BookableSalon.customer)}
            """#
        let visit = try await door.send("POST", "/v1/bookings", steps, key: UUID().uuidString)
        let id = try #require(visit.json["id"]?.string)
        let moved = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(13))"}"#, key: UUID().uuidString)
        #expect(moved.status == 200, "\(moved.text)")
        #expect(moved.json["steps"]?.array?.map { $0["start"]?.string } == [salon.text(13), salon.text(13, 45)])
        #expect(
            moved.json["steps"]?.array?.map { $0["staff"]?.string } == ["\(salon.carl)", "\(salon.bo)"])
        let staff = try await door.send(
            "PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(14))","staff":"\#(salon.bo)"}"#,
            key: UUID().uuidString)
        #expect(staff.status == 400)
        #expect(staff.pointers == ["/staff"])
    }

    @Test func `within the salon's window a customer can neither cancel nor move`() async throws {
        let (salon, door) = try await BookableSalon.new(.lateOpening { $0.cancellationWindow = 43_200 })
        let contract = try await Contract.served()
        let (id, _) = try await Self.book(salon, door, salon.text(10))
        for (method, body) in [("DELETE", nil), ("PATCH", #"{"start":"\#(salon.text(12))"}"#)] {
            let reply = try await door.send(method, "/v1/bookings/\(id)", body, key: UUID().uuidString)
            #expect(reply.status == 409, "\(reply.text)")
            #expect(reply.problem == "too-late")
            #expect(reply.json["cancellation_window_min"]?.number == 43_200)
            #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
        }
        let services = try await door.ask("/v1/salons/\(salon.id)/services")
        #expect(services.json["cancellation_window_min"]?.number == 43_200)
        #expect(try await door.ask("/v1/bookings/\(id)").json["status"]?.string == "booked")
    }

    @Test func `a hold is given back, or is over, or has become a booking`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let wish = "{\(salon.wish(by: salon.anna, at: salon.text(10)))}"
        let first = try #require(
            try await door.send("POST", "/v1/holds", wish, key: UUID().uuidString).json["id"]?.string)
        let lost = try await door.send("POST", "/v1/holds", wish, key: UUID().uuidString)
        #expect(lost.problem == "slot-taken")
        let key = UUID().uuidString
        let released = try await door.send("DELETE", "/v1/holds/\(first)", key: key)
        #expect(released.status == 200)
        #expect(released.json["status"]?.string == "cancelled")
        #expect(try await door.send("DELETE", "/v1/holds/\(first)", key: key)["idempotency-replayed"] == "true")
        let confirm = #"{"hold":"\#(first)",\#(BookableSalon.customer)}"#
        let late = try await door.send("POST", "/v1/bookings", confirm, key: UUID().uuidString)
        #expect(late.status == 410)
        #expect(late.problem == "hold-expired")

        let second = try #require(
            try await door.send("POST", "/v1/holds", wish, key: UUID().uuidString).json["id"]?.string)
        let kept = #"{"hold":"\#(second)",\#(BookableSalon.customer)}"#
        #expect(try await door.send("POST", "/v1/bookings", kept, key: UUID().uuidString).status == 201)
        let twice = try await door.send("POST", "/v1/bookings", kept, key: UUID().uuidString)
        #expect(twice.status == 409)
        #expect(twice.problem == "already-booked")
        let refused = try await door.send("DELETE", "/v1/holds/\(second)", key: UUID().uuidString)
        #expect(refused.status == 409)
        #expect(refused.problem == "already-booked")
        #expect(try await door.ask("/v1/bookings/\(second)").json["status"]?.string == "booked")
        let none = try await door.send(
            "POST", "/v1/bookings", #"{"hold":"\#(UUID())",\#(BookableSalon.customer)}"#, key: UUID().uuidString)
        #expect(none.status == 404)
        #expect(none.problem == "unknown-booking")
    }

    @Test func `a customer is forgotten, the booking stays`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let (id, made) = try await Self.book(salon, door, salon.text(10))
        func kept() async throws -> String {
            try await Psql.run(
                "SELECT concat_ws(',', customer_name, customer_email, customer_phone) FROM booking WHERE booking_id = '\(id)'",
                at: salon.store.ownerURL)
        }
        #expect(try await kept() == "Kunigunde Kanarie,kunigunde@kanarie.example")
        for _ in 0..<2 {
            let erased = try await door.send("DELETE", "/v1/bookings/\(id)/customer")
            #expect(erased.status == 204)
            #expect(erased.body.isEmpty)
        }
        #expect(try await kept() == "")
        #expect(try await door.ask("/v1/bookings/\(id)").body == made.body)
        let unknown = try await door.send("DELETE", "/v1/bookings/\(UUID())/customer")
        #expect(unknown.status == 404)
    }
}
