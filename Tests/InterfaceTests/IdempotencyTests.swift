import Foundation
import Harness
import Testing

struct `One key, one effect` {
    @Test func `the same request again is answered the same, with 200 and a field that says so`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let key = UUID().uuidString
        let body = salon.booking(by: salon.anna, at: salon.text(10))
        let first = try await door.send("POST", "/v1/bookings", body, key: key)
        #expect(first.status == 201)
        #expect(first["idempotency-replayed"] == nil)
        for _ in 0..<3 {
            let again = try await door.send("POST", "/v1/bookings", body, key: key)
            #expect(again.status == 200)
            #expect(again["idempotency-replayed"] == "true")
            #expect(again.body == first.body)
            #expect(again["location"] == first["location"])
        }
        let id = try #require(first.json["id"]?.string)
        let move = #"{"start":"\#(salon.text(12))","version":1}"#
        let moved = try await door.send("PATCH", "/v1/bookings/\(id)", move, key: "m\(key)")
        #expect(moved.status == 200, "\(moved.text)")
        let movedAgain = try await door.send("PATCH", "/v1/bookings/\(id)", move, key: "m\(key)")
        #expect(movedAgain.body == moved.body)
        #expect(movedAgain["idempotency-replayed"] == "true")
        let gone = try await door.send("DELETE", "/v1/bookings/\(id)", key: "d\(key)")
        #expect(gone.status == 200)
        let goneAgain = try await door.send("DELETE", "/v1/bookings/\(id)", key: "d\(key)")
        #expect(goneAgain.body == gone.body)
        #expect(goneAgain["idempotency-replayed"] == "true")
        // With another key it is another request.
        let other = try await door.send("DELETE", "/v1/bookings/\(id)", key: "e\(key)")
        #expect(other.status == 409)
        #expect(other.problem == "booking-ended")
        // The first request's answer stays what it was.
        #expect(try await door.send("POST", "/v1/bookings", body, key: key).body == first.body)
    }

    @Test func `the same key with another request is refused, and changes nothing`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let key = UUID().uuidString
        let first = try await door.send(
            "POST", "/v1/bookings", salon.booking(by: salon.anna, at: salon.text(10)), key: key)
        let id = try #require(first.json["id"]?.string)
        let others: [(String, String, String?)] = [
            ("POST", "/v1/bookings", salon.booking(by: salon.anna, at: salon.text(11))),
            ("POST", "/v1/bookings", salon.booking(by: salon.bo, at: salon.text(10))),
            (
                "POST", "/v1/bookings",
                salon.booking(by: salon.anna, at: salon.text(10)).replacing("Kunigunde", with: "Adelgunde")
            ),
            ("POST", "/v1/holds", "{\(salon.wish(by: salon.anna, at: salon.text(10)))}"),
            ("PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(13))"}"#),
            ("DELETE", "/v1/bookings/\(id)", nil),
        ]
        for (method, path, body) in others {
            let reply = try await door.send(method, path, body, key: key)
            #expect(reply.status == 422, "\(method) \(path): \(reply.text)")
            #expect(reply.problem == "idempotency-key-reused")
            #expect(reply.headers == ["Idempotency-Key"])
        }
        let now = try await door.ask("/v1/bookings/\(id)")
        #expect(now.body == first.body)
    }

    @Test func `twins at the same time make one booking and get one answer`() async throws {
        let (salon, door) = try await BookableSalon.new()
        for round in 0..<5 {
            let key = UUID().uuidString
            let body = salon.booking(at: salon.text(8 + round))
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<6 { group.addTask { try await door.send("POST", "/v1/bookings", body, key: key) } }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            #expect(replies.map(\.status).sorted() == [200, 200, 200, 200, 200, 201])
            #expect(Set(replies.map(\.body)).count == 1)
            #expect(replies.filter { $0["idempotency-replayed"] == "true" }.count == 5)
        }
        let slots = try await salon.slots(door, "service=\(salon.cut)&\(salon.window(salon.text(8), salon.text(8, 1)))")
        #expect(slots.json["slots"]?.array?.count == 1)
    }

    @Test func `a write without a key, or with one that is none, is refused and names the field`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let booked = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: UUID().uuidString)
        let id = try #require(booked.json["id"]?.string)
        let calls: [(String, String, String?)] = [
            ("POST", "/v1/holds", "{\(salon.wish(at: salon.text(11)))}"),
            ("POST", "/v1/bookings", salon.booking(at: salon.text(11))),
            ("PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(13))"}"#),
            ("DELETE", "/v1/bookings/\(id)", nil), ("DELETE", "/v1/holds/\(id)", nil),
        ]
        let malformed: [[String]] = [
            [], ["Idempotency-Key: "], ["Idempotency-Key: \(String(repeating: "x", count: 256))"],
            ["Idempotency-Key: nøgle"], ["Idempotency-Key: a", "Idempotency-Key: b"], ["Idempotency-Key: a\tb"],
        ]
        for (method, path, body) in calls {
            for fields in malformed {
                let reply = try await door.send(method, path, body, fields: fields)
                #expect(reply.status == 400, "\(method) \(path) \(fields): \(reply.text)")
                #expect(reply.problem == "invalid-parameter")
                #expect(reply.headers == ["Idempotency-Key"])
            }
        }
        #expect(try await door.ask("/v1/bookings/\(id)").body == booked.body)
        let longest = String(repeating: "x", count: 200) + UUID().uuidString
        #expect(try await door.send("DELETE", "/v1/bookings/\(id)", key: longest).status == 200)
    }
}
