import Foundation
import Harness
import Scheduling
import Testing

struct `Free times of one salon` {
    private static func starts(_ reply: Reply) -> [String] {
        reply.json["slots"]?.array?.compactMap { $0["start"]?.string } ?? []
    }

    @Test func `each start of a service is there once, by somebody who is free, and can be booked`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let query = "service=\(salon.cut)&\(salon.window(salon.text(10), salon.text(12)))"
        let reply = try await salon.slots(door, query)
        #expect(reply.status == 200)
        #expect(contract.faults(reply.json, contract.schema("/v1/salons/{id}/slots")) == [])
        #expect(reply.json["time_zone"]?.string == "Europe/Copenhagen")
        let quarters = (0..<8).map { salon.text(10 + $0 / 4, $0 % 4 * 15) }
        #expect(Self.starts(reply) == quarters)
        // Anna, then Bo, are taken: the next who is free is named, until nobody is.
        for person in [salon.anna, salon.bo, salon.carl] {
            let slot = try #require(try await salon.slots(door, query).json["slots"]?.array?.first)
            #expect(slot["staff"]?.string == "\(person)")
            let booked = try await door.send(
                "POST", "/v1/bookings", salon.booking(by: person, at: salon.text(10)), key: UUID().uuidString)
            #expect(booked.status == 201, "\(booked.text)")
        }
        // 10:15 overlaps the booking from 10:00 to 10:30.
        #expect(Self.starts(try await salon.slots(door, query)) == Array(quarters.dropFirst(2)))
    }

    @Test func `without parameters every service is offered for the next seven days`() async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let before = Date()
        let reply = try await door.ask("/v1/salons/\(salon.id)/slots?limit=1000")
        #expect(reply.status == 200)
        let slots = try #require(reply.json["slots"]?.array)
        let offered = slots.map { "\($0["service"]!.string!) \($0["start"]!.string!)" }
        #expect(Set(offered).count == offered.count)
        #expect(Set(slots.compactMap { $0["service"]?.string }) == ["\(salon.cut)", "\(salon.colour)"])
        let instants = Self.starts(reply).compactMap { ISO8601DateFormatter().date(from: $0) }
        #expect(instants.count == slots.count)
        #expect(instants == instants.sorted())
        #expect(instants.first! >= before)
        #expect(reply.json["next_from"] == nil)
        // 16 hours a day: 63 starts of half an hour, 60 of an hour and a quarter. The first and the last day are parts.
        #expect((6 * 123...8 * 123).contains(slots.count))
        let whole = try await salon.slots(door, "\(salon.window(salon.text(0), salon.text(23, 59)))&limit=1000")
        #expect(whole.json["slots"]?.array?.count == 123)
    }

    @Test func `pages neither repeat nor skip, and do not part a start`() async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let whole = try await salon.slots(door, "\(salon.window(salon.text(8), salon.text(13)))&limit=1000")
        #expect(whole.json["next_from"] == nil)
        let expected = try #require(whole.json["slots"]?.array)
        for limit in [1, 7, 20] {
            var from = salon.text(8)
            var seen: [JSONTree] = []
            for _ in 0..<200 {
                let page = try await salon.slots(door, "\(salon.window(from, salon.text(13)))&limit=\(limit)")
                seen += page.json["slots"]?.array ?? []
                guard let next = page.json["next_from"]?.string else { break }
                from = next
            }
            #expect(seen == expected, "limit \(limit)")
        }
    }

    @Test func `a person, a category, a party and a sequence are found`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let contract = try await Contract.served()
        let window = salon.window(salon.text(10), salon.text(10, 1))
        let carl = try await salon.slots(door, "staff=\(salon.carl)&\(window)")
        #expect(carl.json["slots"]?.array?.compactMap { $0["service"]?.string } == ["\(salon.cut)"])
        let colour = try await salon.slots(door, "service=colour&\(window)")
        #expect(colour.json["slots"]?.array?.compactMap { $0["service"]?.string } == ["\(salon.colour)"])
        #expect(try await salon.slots(door, "service=massage&\(window)").json["slots"] == .array([]))

        for party in 2...4 {
            let reply = try await salon.slots(door, "service=haircut&party=\(party)&\(window)")
            #expect(contract.faults(reply.json, contract.schema("/v1/salons/{id}/slots")) == [])
            let people = reply.json["slots"]?.array?.first?["steps"]?.array?.compactMap { $0["staff"]?.string }
            #expect(people.map { Set($0).count } == (party == 4 ? nil : party))
        }

        let sequence = try await salon.slots(door, "service=haircut,\(salon.colour)&max_gap_min=0&\(window)")
        #expect(contract.faults(sequence.json, contract.schema("/v1/salons/{id}/slots")) == [])
        let slot = try #require(sequence.json["slots"]?.array?.first)
        #expect(slot["steps"]?.array?.map { $0["start"]?.string } == [salon.text(10), salon.text(10, 30)])
        #expect(slot["end"]?.string == salon.text(11, 30))
        // What was offered can be had as it is.
        let steps = slot["steps"]!.array!.map {
            #"{"service":"\#($0["service"]!.string!)","staff":"\#($0["staff"]!.string!)","start":"\#($0["start"]!.string!)"}"#
        }
        let body = #"{"salon":"\#(salon.id)","steps":[\#(steps.joined(separator: ","))],\#(BookableSalon.customer)}"#
        #expect(try await door.send("POST", "/v1/bookings", body, key: UUID().uuidString).status == 201)
    }

    @Test(arguments: ["America/Nuuk", "Asia/Kolkata", "America/St_Johns", "Atlantic/Faroe", "UTC"])
    func `times are the salon's own, with its offset`(name: String) async throws {
        let zone = try #require(TimeZone(identifier: name))
        let (salon, door) = try await BookableSalon.new(.lateOpening { $0.zone = zone })
        let slots = try await salon.slots(door, "service=\(salon.cut)&\(salon.window(salon.text(0), salon.text(7)))")
        let starts = [salon.text(6), salon.text(6, 15), salon.text(6, 30), salon.text(6, 45)]
        #expect(Self.starts(slots) == starts)
        #expect(starts[0].contains("T06:00:00"))
        let booked = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: starts[0]), key: UUID().uuidString)
        #expect(booked.json["start"]?.string == starts[0], "\(booked.text)")
        #expect(booked.json["end"]?.string == starts[2])
        // The same instant, written otherwise, is the same time.
        let utc = BookableSalon.text(salon.at(6), zone: .gmt)
        let taken = try await door.send(
            "POST", "/v1/availability:lookup",
            #"{"offers":[{\#(salon.wish(by: salon.anna, at: utc))}]}"#)
        #expect(taken.json["offers"]?.array?.first?["start"]?.string == starts[0])
        #expect(
            taken.json["offers"]?.array?.first?["reason"]?.string
                == (booked.json["staff"]?.string == "\(salon.anna)" ? "taken" : nil))
    }

    @Test func `the tag changes with what is offered, not with the clock`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let query = salon.window(salon.text(10), salon.text(12))
        let first = try await salon.slots(door, query)
        let tag = try #require(first["etag"])
        #expect(tag.hasPrefix("W/\""))
        #expect(first["cache-control"] == "private, no-cache")
        let path = "/v1/salons/\(salon.id)/slots?\(query)"
        #expect(try await door.ask(path, fields: ["If-None-Match: \(tag)"]).status == 304)
        let hold = try await door.send(
            "POST", "/v1/holds", "{\(salon.wish(by: salon.anna, at: salon.text(10)))}", key: UUID().uuidString)
        let held = try await door.ask(path, fields: ["If-None-Match: \(tag)"])
        #expect(held.status == 200)
        #expect(held["etag"] != tag)
        // A hold whose time is over frees its time, though nothing has raised an epoch yet.
        try await Psql.run(
            "UPDATE occupancy SET expires_at = now() - interval '1 s' WHERE booking_id = '\(hold.json["id"]!.string!)'",
            at: salon.store.ownerURL)
        #expect(try await door.ask(path, fields: ["If-None-Match: \(held["etag"]!)"]).status == 200)
        #expect(try await door.ask(path, fields: ["If-None-Match: \(tag)"]).status == 304)
        #expect(try await door.ask(path, method: "HEAD").status == 200)
    }

    @Test func `the menu names services and people, and nothing that is not for customers`() async throws {
        let (salon, door) = try await BookableSalon.new(.lateOpening { $0.minimumNotice = 30 })
        let contract = try await Contract.served()
        let services = try await door.ask("/v1/salons/\(salon.id)/services")
        #expect(services.status == 200)
        #expect(contract.faults(services.json, contract.schema("/v1/salons/{id}/services")) == [])
        let first = try #require(services.json["services"]?.array?.first)
        #expect(first["name"]?.string == "Klip")
        #expect(first["minimum_notice_min"]?.number == 30)
        #expect(first["staff"]?.array?.count == 3)
        let staff = try await door.ask("/v1/salons/\(salon.id)/staff")
        #expect(contract.faults(staff.json, contract.schema("/v1/salons/{id}/staff")) == [])
        #expect(staff.json["staff"]?.array?.map { $0["name"]?.string } == ["Anna", "Bo", "Carl"])
        for reply in [services, staff] {
            #expect(reply["cache-control"] == "public, max-age=60")
            #expect(reply["etag"]?.hasPrefix("\"") == true)
        }
    }
}

struct `Parameters of free times` {
    private static let path = "/v1/salons/{id}/slots"

    private static func companions(of name: String) -> String {
        switch name {
        case "party": "service=haircut"
        case "max_gap_min": "service=haircut,colour"
        case "to": "from=2026-11-24T17:00:00%2B01:00"
        default: ""
        }
    }

    private static func query(_ name: String, _ raw: String) -> String {
        [companions(of: name), "\(name)=\(raw)"].filter { !$0.isEmpty }.joined(separator: "&")
    }

    @Test func `every documented example is answered`() async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let contract = try await Contract.served()
        let parameters = contract.parameters(Self.path).filter { $0["in"]?.string == "query" }
        #expect(parameters.count == 8)
        for parameter in parameters {
            let name = try #require(parameter["name"]?.string)
            let example = try #require(Contract.example(of: parameter))
            #expect(contract.faults(example, parameter["schema"]) == [], "the example of \(name)")
            let reply = try await salon.slots(door, Self.query(name, encoded(example.parameterText)))
            if name == "staff" {
                // Only the salon can give one that is right.
                #expect(reply.faults == ["staff"])
            } else {
                #expect(reply.status == 200, "\(name): \(reply.text)")
                #expect(contract.faults(reply.json, contract.schema(Self.path)) == [])
            }
        }
    }

    @Test(arguments: [
        ("within_min=60&from=2026-11-24T17:00:00Z", ["from"]), ("within_min=60&to=2026-11-24T17:00:00Z", ["to"]),
        ("from=2026-11-24T17:00:00Z&to=2026-11-24T17:00:00Z", ["to"]),
        ("from=2026-11-24T17:00:00Z&to=2026-12-25T17:00:01Z", ["to"]), ("to=2020-01-01T00:00:00Z", ["to"]),
        ("party=2", ["party"]), ("service=haircut,colour&party=2", ["party"]), ("max_gap_min=5", ["max_gap_min"]),
        ("service=haircut&max_gap_min=5", ["max_gap_min"]),
        ("service=haircut&party=2&staff=00000000-0000-4000-8000-000000000000", ["party"]),
        ("service=haircut,colour,shave,perm", ["service"]),
        ("service=00000000-0000-4000-8000-000000000000", ["service"]),
        ("staff=00000000-0000-4000-8000-000000000000", ["staff"]), ("consistency=strong", ["consistency"]),
        ("limit=5&limit=5", ["limit"]), ("tenant=x&salon=y", ["salon", "tenant"]),
    ])
    func `contradictory, unknown and strange parameters are named`(query: String, names: [String]) async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let reply = try await salon.slots(door, query)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(Set(reply.faults) == Set(names))
    }

    @Test(arguments: [
        "within_min=1", "within_min=44640", "limit=1", "limit=1000", "party=1", "service=haircut&party=8",
        "from=2026-11-24T17:00:00Z&to=2026-12-25T17:00:00Z", "from=1999-01-01T00:00:00Z", "from=9999-12-01T00:00:00Z",
        "service=haircut,haircut&max_gap_min=60",
    ])
    func `values on the edge of what is allowed are answered`(query: String) async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let contract = try await Contract.served()
        let reply = try await salon.slots(door, query)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(contract.faults(reply.json, contract.schema(Self.path)) == [])
    }
}
