import Catalogue
import Foundation
import Geodesy
import Harness
import Salons
import SeededRandom
import Testing

struct `Hours that are not known` {
    /// Everyone works from 06:00 to 22:00; a cut takes half an hour and can begin each quarter.
    @Test(
        arguments: [
            ("DK", "Mo-Su 09:00-18:00 \"kun efter aftale\"", false, "09:00", "17:30", nil),
            ("DK", "Mo-Su 10:00+", false, "10:00", "21:30", nil),
            ("DK", "\"by appointment\"", false, "06:00", "21:30", nil),
            ("DK", "Mo-Sa 09:00-18:00; SH off", false, "06:00", "21:30", "not_understood"),
            // Nothing is known of the holidays of XX.
            ("XX", "Mo-Su 09:00-19:00; PH off", false, nil, nil, "possible_holiday"),
            ("XX", "Mo-Su 09:00-19:00", true, nil, nil, "possible_holiday"),
            ("XX", nil, true, nil, nil, "possible_holiday"),
            ("XX", "Mo-Su 09:00-19:00", false, "09:00", "18:30", nil),
            ("XX", "Mo-Su,PH 09:00-19:00", true, "09:00", "18:30", nil),
        ] as [(String, String?, Bool, String?, String?, String?)])
    func `leave slots to the people where the salon leaves it open, and offer none on what may be a holiday`(
        country: String, hours: String?, closed: Bool, first: String?, last: String?, reason: String?
    ) async throws {
        let (salon, door) = try await BookableSalon.new(
            .lateOpening {
                $0.country = country
                $0.openingHours = hours
                $0.isClosedOnHolidays = closed
            })
        let contract = try await Contract.served()
        let window = salon.window(salon.text(0), salon.text(23, 59))
        let reply = try await salon.slots(door, "service=\(salon.cut)&\(window)&limit=1000")
        #expect(contract.faults(reply.json, contract.schema("/v1/salons/{id}/slots")) == [])
        let starts = reply.json["slots"]?.array?.compactMap { $0["start"]?.string?.dropFirst(11).prefix(5) } ?? []
        #expect(starts.first.map(String.init) == first)
        #expect(starts.last.map(String.init) == last)
        #expect(reply.json["hours_unknown"]?.string == reason)
    }

    @Test(
        arguments: [
            ("FR", "2026-12-23T12:00:00+01:00", true, nil), ("FR", "2026-12-25T12:00:00+01:00", false, nil),
            ("FR", "2026-12-26T12:00:00+01:00", false, "possible_holiday"),
            ("DE", "2027-01-06T12:00:00+01:00", false, "possible_holiday"),
            ("DE", "2027-01-07T12:00:00+01:00", true, nil),
            (nil, "2027-01-07T12:00:00+01:00", false, "possible_holiday"),
        ] as [(String?, String, Bool, String?)])
    func `are no known openings, and an empty answer counts them`(
        country: String?, instant: String, isOpen: Bool, reason: String?
    ) async throws {
        let (salon, door) = try await BookableSalon.new(
            .lateOpening {
                $0.country = country
                $0.openingHours = "Mo-Su 09:00-19:00; PH off"
            })
        // Apart from those of the other cases, and the same in each run.
        var random = SplitMix64(seed: "\(country ?? "")\(instant)".utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        let place = Coordinate(
            uncheckedLatitude: .random(in: -60...50, using: &random),
            longitude: .random(in: -170...170, using: &random))
        _ = try await SalonRepository(salon.store.database, scope: salon.scope).move(salon.id, to: place)
        let around = "/v1/salons/nearby?lat=\(place.latitude)&lon=\(place.longitude)&radius_m=20"
        try await eventually { try await door.ask(around).ids.count == 1 }
        let reply = try await door.ask("\(around)&open_at=\(encoded(instant))")
        let contract = try await Contract.served()
        #expect(contract.faults(reply.json, contract.schema("/v1/salons/nearby")) == [])
        #expect(reply.ids == (isOpen ? ["\(salon.id)"] : []))
        guard !isOpen else { return }
        #expect(reply.json["diagnosis"]?["removed"]?.object == ["open_at": .number(1)])
        #expect(reply.json["diagnosis"]?["hours_unknown"]?.object == reason.map { [$0: .number(1)] })
    }

    @Test(
        arguments: [
            ("XX", "24/7; PH off", "possible_holiday"), ("DK", "\"efter aftale\"", "not_stated"),
            ("DK", "Mo-Sa 09:00-18:00; SH off", "not_understood"), ("XX", "24/7", nil),
        ] as [(String, String, String?)])
    func `are named on the card instead of open_now`(country: String, hours: String, reason: String?) async throws {
        let (salon, door) = try await BookableSalon.new(
            .lateOpening {
                $0.country = country
                $0.openingHours = hours
            })
        let card = try await door.ask("/v1/salons/\(salon.id)")
        #expect(card.json["hours_unknown"]?.string == reason)
        #expect((card.json["open_now"] == nil) == (reason != nil))
    }

    @Test func `are a reason of their own why nobody is available`() async throws {
        try await AvailableWorld.with(country: "XX", hours: "24/7; PH off") { world in
            let salon = world.salons[0]
            let reply = try await world.ask(salon.text(10), salon.text(12))
            #expect(reply.ids.isEmpty)
            #expect(reply.json["diagnosis"]?["removed"]?.object == ["possible_holiday": .number(3)])
        }
    }
}
