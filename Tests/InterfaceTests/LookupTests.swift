import Foundation
import Harness
import Testing

struct `Whether offers still hold` {
    @Test func `each of many is judged by itself, in the order of the request`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let (second, _) = try await BookableSalon.new(
            tenant: Backend.slugs[2], .lateOpening { $0.minimumNotice = 43_200 })
        let contract = try await Contract.served()
        for person in [salon.anna, salon.bo, salon.carl] {
            let booked = try await door.send(
                "POST", "/v1/bookings", salon.booking(by: person, at: salon.text(10)), key: UUID().uuidString)
            #expect(booked.status == 201)
        }
        let stranger = UUID().uuidString.lowercased()
        let cases: [(String, String?, String?)] = [
            (salon.wish(at: salon.text(12)), nil, nil),
            (salon.wish(by: salon.bo, at: salon.text(12)), nil, nil),
            (salon.wish(at: salon.text(10)), "taken", salon.text(10, 30)),
            (salon.wish(by: salon.bo, at: salon.text(10)), "taken", salon.text(10, 30)),
            // The hour and the quarter after it would run into what is taken.
            (salon.wish(salon.colour, at: salon.text(9)), "taken", salon.text(10, 30)),
            (salon.wish(at: salon.text(10, 5)), "off-step", salon.text(10, 30)),
            (salon.wish(at: salon.text(5)), "outside-working-time", salon.text(6)),
            (salon.wish(salon.colour, by: salon.carl, at: salon.text(12)), "not-qualified", nil),
            (salon.wish(at: salon.text(12, day: 200)), "too-late", nil),
            (second.wish(at: second.text(12)), "too-soon", nil),
            (#""salon":"\#(stranger)","service":"\#(salon.cut)","start":"\#(salon.text(12))""#, "unknown-salon", nil),
            (#""salon":"\#(salon.id)","service":"\#(stranger)","start":"\#(salon.text(12))""#, "unknown-service", nil),
            (#"\#(salon.wish(at: salon.text(12))),"staff":"\#(stranger)""#, "unknown-staff", nil),
        ]
        let body = #"{"offers":[\#(cases.map { "{\($0.0)}" }.joined(separator: ","))]}"#
        let reply = try await door.send("POST", "/v1/availability:lookup", body)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(contract.faults(reply.json, contract.schema("/v1/availability:lookup", "post")) == [])
        let offers = try #require(reply.json["offers"]?.array)
        #expect(offers.count == cases.count)
        for (offer, expected) in zip(offers, cases) {
            #expect(offer["available"]?.bool == (expected.1 == nil), "\(expected)")
            #expect(offer["reason"]?.string == expected.1, "\(expected)")
            if let next = expected.2 { #expect(offer["next_free_at"]?.string == next, "\(expected)") }
        }
        #expect(offers[0]["staff"]?.string == "\(salon.anna)")
        #expect(offers[1]["staff"]?.string == "\(salon.bo)")
    }

    @Test func `what is available by the look-up can be booked, and then is not any more`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let wish = salon.wish(by: salon.carl, at: salon.text(10))
        func available() async throws -> Bool? {
            try await door.send("POST", "/v1/availability:lookup", #"{"offers":[{\#(wish)}]}"#)
                .json["offers"]?.array?.first?["available"]?.bool
        }
        #expect(try await available() == true)
        let held = try await door.send("POST", "/v1/holds", "{\(wish)}", key: UUID().uuidString)
        #expect(held.status == 201)
        #expect(try await available() == false)
        _ = try await door.send("DELETE", "/v1/holds/\(held.json["id"]!.string!)", key: UUID().uuidString)
        #expect(try await available() == true)
    }

    @Test func `a hundred offers of many salons are answered at once`() async throws {
        let (salon, door) = try await BookableSalon.new()
        let others = try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56&limit=50").ids
        let offers = (0..<100).map { number in
            number % 2 == 0
                ? "{\(salon.wish(at: salon.text(8 + number / 10)))}"
                : #"{"salon":"\#(others[number / 2])","service":"\#(salon.cut)","start":"\#(salon.text(10))"}"#
        }
        let reply = try await door.send(
            "POST", "/v1/availability:lookup", #"{"offers":[\#(offers.joined(separator: ","))]}"#)
        #expect(reply.status == 200, "\(reply.text)")
        let answers = reply.json["offers"]?.array ?? []
        #expect(answers.enumerated().allSatisfy { $0.element["available"]?.bool == ($0.offset % 2 == 0) })
    }
}
