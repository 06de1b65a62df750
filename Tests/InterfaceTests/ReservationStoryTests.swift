import Foundation
import Harness
import Reservations
import Scheduling
import Synchronization
import Testing

struct `From a free time to a booking` {
    @Test func `a time is seen, held, booked, lost to the second, cancelled and offered again`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let window = "\(salon.window(salon.text(10), salon.text(10, 1)))&service=\(salon.cut)&staff=\(salon.anna)"
        let seen = try await salon.slots(door, window)
        #expect(seen.status == 200)
        let slot = try #require(seen.json["slots"]?.array?.first)
        #expect(slot["staff"]?.string == "\(salon.anna)")
        #expect(slot["start"]?.string == salon.text(10))
        #expect(slot["end"]?.string == salon.text(10, 30))
        #expect(slot["price"] == ["amount": .number(34_900), "currency": "DKK"])

        let wish = salon.wish(by: salon.anna, at: slot["start"]!.string!)
        let held = try await door.send("POST", "/v1/holds", "{\(wish)}", key: UUID().uuidString)
        #expect(held.status == 201, "\(held.text)")
        #expect(contract.faults(held.json, contract.schema("/v1/holds", "post", status: "201")) == [])
        #expect(held.json["status"]?.string == "held")
        #expect(held.json["expires_at"] != nil)
        let hold = try #require(held.json["id"]?.string)
        #expect(held["location"] == "/v1/bookings/\(hold)")
        #expect(try await salon.slots(door, window).json["slots"]?.array == [])

        let booked = try await door.send(
            "POST", "/v1/bookings", #"{"hold":"\#(hold)",\#(BookableSalon.customer)}"#, key: UUID().uuidString)
        #expect(booked.status == 201, "\(booked.text)")
        #expect(contract.faults(booked.json, contract.schema("/v1/bookings", "post", status: "201")) == [])
        #expect(booked.json["id"]?.string == hold)
        #expect(booked.json["status"]?.string == "booked")
        #expect(booked.json["start"]?.string == salon.text(10))
        #expect(booked.json["staff"]?.string == "\(salon.anna)")

        let second = try await door.send(
            "POST", "/v1/bookings", salon.booking(by: salon.anna, at: salon.text(10)), key: UUID().uuidString)
        #expect(second.status == 409)
        #expect(second.problem == "slot-taken")
        #expect(contract.faults(second.json, ["$ref": "#/components/schemas/Problem"]) == [])
        let alternatives = try #require(second.json["alternatives"]?.array)
        #expect(alternatives.count == 3)
        for offer in alternatives {
            let start = try #require(offer["start"]?.string)
            let other = try await door.send(
                "POST", "/v1/bookings", salon.booking(by: salon.anna, at: start), key: UUID().uuidString)
            #expect(other.status == 201, "an alternative could not be booked: \(other.text)")
            // Two of them may overlap.
            let id = try #require(other.json["id"]?.string)
            #expect(try await door.send("DELETE", "/v1/bookings/\(id)", key: UUID().uuidString).status == 200)
        }

        let cancelled = try await door.send("DELETE", "/v1/bookings/\(hold)", key: UUID().uuidString)
        #expect(cancelled.status == 200)
        #expect(cancelled.json["status"]?.string == "cancelled")
        #expect(contract.faults(cancelled.json, contract.schema("/v1/bookings/{id}", "delete")) == [])
        #expect(try await salon.slots(door, window).json["slots"]?.array == [slot])
    }

    @Test func `the instance's own cache is told of everybody concerned before the answer goes out`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let (backend, _) = try await BookableSalon.stage()
        func told() -> [[String]] {
            backend.told.withLock { $0.filter { $0.salon == salon.id }.map { $0.staff.map { "\($0)" } } }
        }
        let booked = try await door.send(
            "POST", "/v1/bookings", salon.booking(by: salon.anna, at: salon.text(9)), key: UUID().uuidString)
        #expect(told() == [["\(salon.anna)"]])
        let id = try #require(booked.json["id"]?.string)
        let body = #"{"start":"\#(salon.text(9))","staff":"\#(salon.bo)"}"#
        let moved = try await door.send("PATCH", "/v1/bookings/\(id)", body, key: UUID().uuidString)
        #expect(moved.status == 200, "\(moved.text)")
        #expect(Set(told().last ?? []) == ["\(salon.anna)", "\(salon.bo)"])
        _ = try await door.send("DELETE", "/v1/bookings/\(id)", key: UUID().uuidString)
        #expect(told().last == ["\(salon.bo)"])
        #expect(told().count == 3)
        // What was refused has changed nothing.
        _ = try await door.send("POST", "/v1/bookings", salon.booking(at: salon.text(3)), key: UUID().uuidString)
        #expect(told().count == 3)
    }

    @Test func `a visit of several steps, a party and a series are each had together`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let schema = contract.schema("/v1/bookings", "post", status: "201")
        let steps = #"""
            {"salon":"\#(salon.id)","steps":[
            {"service":"\#(salon.cut)","start":"\#(salon.text(10))","staff":"\#(salon.carl)"},
            {"service":"\#(salon.colour)","start":"\#(salon.text(10, 30))"}],\#(BookableSalon.customer)}
            """#
        let visit = try await door.send("POST", "/v1/bookings", steps, key: UUID().uuidString)
        #expect(visit.status == 201, "\(visit.text)")
        #expect(contract.faults(visit.json, schema) == [])
        #expect(visit.json["steps"]?.array?.count == 2)
        #expect(visit.json["service"] == nil)
        #expect(visit.json["end"]?.string == salon.text(11, 30))

        let party = "{\(salon.wish(at: salon.text(14))),\"party\":3,\(BookableSalon.customer)}"
        let three = try await door.send("POST", "/v1/bookings", party, key: UUID().uuidString)
        #expect(three.status == 201, "\(three.text)")
        let people = three.json["steps"]?.array?.compactMap { $0["staff"]?.string } ?? []
        #expect(Set(people) == ["\(salon.anna)", "\(salon.bo)", "\(salon.carl)"])
        #expect(three.json["price"]?["amount"]?.number == 104_700)
        #expect(
            try await salon.slots(door, salon.window(salon.text(14), salon.text(14, 1))).json["slots"] == .array([]))

        let weekly = #"\#(salon.wish(by: salon.bo, at: salon.text(16))),"recurrence":{"every_weeks":2,"count":3}"#
        let series = try await door.send(
            "POST", "/v1/bookings", "{\(weekly),\(BookableSalon.customer)}", key: UUID().uuidString)
        #expect(series.status == 201, "\(series.text)")
        #expect(contract.faults(series.json, schema) == [])
        let bookings = try #require(series.json["bookings"]?.array)
        #expect(bookings.map { $0["start"]?.string } == [5, 19, 33].map { salon.text(16, day: $0) })
        #expect(Set(bookings.map { $0["series"]?.string }) == [series.json["series"]?.string])

        let again = try await door.send(
            "POST", "/v1/bookings", "{\(weekly),\(BookableSalon.customer)}", key: UUID().uuidString)
        #expect(again.status == 409)
        #expect(again.problem == "series-conflicts")
        #expect(contract.faults(again.json, ["$ref": "#/components/schemas/Problem"]) == [])
        let conflicts = again.json["conflicts"]?.array ?? []
        #expect(conflicts.map { $0["start"]?.string } == [5, 19, 33].map { salon.text(16, day: $0) })
        #expect(conflicts.allSatisfy { $0["reason"]?.string == "taken" })
    }

    @Test func `a rule is named with the member that breaks it`() async throws {
        let (salon, door) = try await BookableSalon.new(.lateOpening { $0.minimumNotice = 120 })
        let contract = try await Contract.served()
        let stranger = UUID().uuidString.lowercased()
        let soon = BookableSalon.text(
            Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / 900).rounded(.up) * 900))
        let cases: [(String, String, String)] = [
            (salon.wish(at: salon.text(3)), "/start", "outside-working-time"),
            (salon.wish(at: salon.text(10, 5)), "/start", "off-step"),
            (salon.wish(at: soon), "/start", "too-soon"),
            (salon.wish(at: salon.text(10, day: 200)), "/start", "too-late"),
            (salon.wish(salon.colour, by: salon.carl, at: salon.text(10)), "/staff", "not-qualified"),
            (
                #""salon":"\#(salon.id)","service":"\#(stranger)","start":"\#(salon.text(10))""#, "/service",
                "unknown-service"
            ),
            (#"\#(salon.wish(at: salon.text(10))),"staff":"\#(stranger)""#, "/staff", "unknown-staff"),
            (
                #""salon":"\#(salon.id)","steps":[{"service":"\#(salon.cut)","start":"\#(salon.text(10))"},{"service":"\#(salon.cut)","start":"\#(salon.text(3))"}]"#,
                "/steps/1/start", "outside-working-time"
            ),
        ]
        for (wish, pointer, rule) in cases {
            for (path, body) in [("/v1/holds", "{\(wish)}"), ("/v1/bookings", "{\(wish),\(BookableSalon.customer)}")] {
                let reply = try await door.send("POST", path, body, key: UUID().uuidString)
                #expect(reply.status == 422, "\(rule): \(reply.text)")
                #expect(reply.problem == "rule-violation")
                #expect(reply.pointers == [pointer])
                #expect(reply.rules == [rule])
                #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
            }
        }
        let reply = try await door.send("POST", "/v1/holds", "{\(salon.wish(at: soon))}", key: UUID().uuidString)
        #expect(reply.text.contains("120 minutes"))
        let sameTime = #"{"service":"\#(salon.cut)","start":"\#(salon.text(10))","staff":"\#(salon.anna)"}"#
        let invalid = try await door.send(
            "POST", "/v1/holds", #"{"salon":"\#(salon.id)","steps":[\#(sameTime),\#(sameTime)]}"#,
            key: UUID().uuidString)
        #expect(invalid.status == 422)
        #expect(invalid.problem == "invalid-visit")
    }
}
