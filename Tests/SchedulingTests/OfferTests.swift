import Foundation
import Scheduling
import Testing

@Suite struct OfferTests {
    private func busy(_ person: StaffID = Fixture.anna, _ ranges: (String, String)...) throws -> [StaffID: [Range<
        Date
    >]] {
        [person: try ranges.map { try at("2026-11-23T\($0)Z")..<at("2026-11-23T\($1)Z") }]
    }

    private func times(_ offers: [Offer]) -> [String] {
        offers.map { String(ISO8601DateFormatter().string(from: $0.start).dropFirst(11).prefix(5)) }
    }

    /// Half an hour of work with 10 minutes before and 5 after; the booking takes 10:00 to 11:00 UTC with its buffers.
    @Test(arguments: [
        (("10:00", "11:00"), ["09:25", "11:10"]), (("10:05", "11:00"), ["09:30", "11:10"]),
        (("10:00", "10:55"), ["09:25", "11:05"]), (("09:59", "11:01"), ["09:20", "11:15"]),
    ])
    func `buffers may touch a booking and not one step more`(taken: (String, String), expected: [String]) throws {
        let service = Fixture.haircut(before: 10, after: 5, step: 5)
        let roster = try Fixture.roster(services: [service])
        let offers = try roster.offers(
            from: "2026-11-23T09:00Z", to: "2026-11-23T12:00Z", busy: busy(Fixture.anna, taken))
        let starts = times(offers)
        let noon = starts.firstIndex { $0 > "10:00" } ?? 0
        #expect([starts[noon - 1], starts[noon]] == expected)
    }

    @Test func `one booking may end exactly when another starts`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(duration: 60, step: 30)])
        let offers = try roster.offers(
            from: "2026-11-23T08:00Z", to: "2026-11-23T12:00Z",
            busy: busy(Fixture.anna, ("08:00", "09:00"), ("10:00", "11:30")))
        #expect(times(offers) == ["09:00", "11:30"])
    }

    @Test func `anybody is the first of the roster who is free, at each start once`() throws {
        let roster = try Fixture.roster(
            services: [Fixture.haircut(duration: 60, step: 60)], staff: [Fixture.member(), Fixture.member(Fixture.bo)])
        let taken = try busy(Fixture.anna, ("08:00", "10:00")).merging(busy(Fixture.bo, ("09:00", "11:00"))) { $1 }
        func offers(staff: StaffID? = nil, party: Int = 1) throws -> [Offer] {
            try roster.offers(
                staff: staff, party: party, from: "2026-11-23T00:00Z", to: "2026-11-23T13:00Z", busy: taken)
        }
        #expect(times(try offers()) == ["08:00", "10:00", "11:00", "12:00"])
        #expect(try offers().map(\.staff) == [Fixture.bo, Fixture.anna, Fixture.anna, Fixture.anna])
        #expect(times(try offers(staff: Fixture.bo)) == ["08:00", "11:00", "12:00"])
        #expect(times(try offers(party: 2)) == ["11:00", "12:00"])
        #expect(try offers(party: 3) == [])
        #expect(try offers(staff: Fixture.bo, party: 2) == [])
        #expect(try offers(staff: Fixture.person(9)) == [])
    }

    @Test func `a party is of different people, each with their own length`() throws {
        let roster = try Fixture.roster(
            staff: [Fixture.member(), Fixture.member(Fixture.bo, skills: [Fixture.cut: Skill(duration: 60)])])
        let now = try at("2026-11-23T00:00Z")
        let free = roster.freeTime(busy: [:], from: UTCDay(of: now), days: 1)
        let parties = roster.parties(
            of: Fixture.cut, size: 2, in: now..<(now + 86_400), now: now, free: free, limit: 2)
        #expect(parties.count == 2)
        #expect(parties.first?.map(\.staff) == [Fixture.anna, Fixture.bo])
        #expect(parties.first?.map { $0.end.timeIntervalSince($0.start) } == [1800, 3600])
    }

    @Test func `the way there is a notice of its own, where it is the longer`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(notice: 30)])
        func first(_ extra: Int) throws -> String? {
            times(
                try roster.offers(from: "2026-11-23T09:00Z", to: "2026-11-23T12:00Z", extraNotice: extra)
            ).first
        }
        #expect(try first(0) == "09:30")
        #expect(try first(20) == "09:30")
        #expect(try first(31) == "09:45")
        #expect(try first(45) == "09:45")
    }

    @Test func `a window holds its beginning and not its end`() throws {
        let roster = try Fixture.roster()
        let offers = try roster.offers(from: "2026-11-23T09:00Z", to: "2026-11-23T09:30Z", now: "2026-11-23T00:00Z")
        #expect(times(offers) == ["09:00", "09:15"])
        let between = try roster.offers(from: "2026-11-23T09:01Z", to: "2026-11-23T09:31Z", now: "2026-11-23T00:00Z")
        #expect(times(between) == ["09:15", "09:30"])
        #expect(try roster.offers(from: "2026-11-23T09:01Z", to: "2026-11-23T09:14Z", now: "2026-11-23T00:00Z") == [])
    }

    @Test func `a service longer than a day fits work of several days and no shorter one`() throws {
        let long = Fixture.haircut(duration: 30 * 60, step: 60)
        // From Friday at 12:00 on to Sunday at 00:00: 36 hours, so that a start is possible until 18:00.
        let weekend = Fixture.member(hours: [
            WorkingHours(weekday: 5, start: 720, end: 1440), WorkingHours(weekday: 6, start: 0, end: 1440),
        ])
        let roster = try Fixture.roster(services: [long], staff: [weekend])
        let offers = try roster.offers(from: "2026-11-23T00:00Z", to: "2026-11-30T00:00Z")
        #expect(roster.localStarts(offers) == (12...18).map { "27 \($0):00+01:00" })
        for offer in offers {
            #expect((try? roster.check(long.id, by: offer.staff, at: offer.start, now: offer.start).get()) != nil)
        }
        let never = try Fixture.roster(services: [long])
        #expect(try never.offers(from: "2026-11-23T00:00Z", to: "2026-11-30T00:00Z") == [])
    }

    @Test func `a service crosses midnight`() throws {
        let night = Fixture.member(hours: [WorkingHours(weekday: 1, start: 1380, end: 1530)])
        let roster = try Fixture.roster("Etc/UTC", services: [Fixture.haircut(duration: 60, step: 30)], staff: [night])
        let offers = try roster.offers(from: "2026-11-23T00:00Z", to: "2026-11-25T00:00Z")
        #expect(times(offers) == ["23:00", "23:30", "00:00", "00:30"])
    }

    @Test func `the nearest offers come by distance, and of two as near the later first`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(duration: 60, step: 60)])
        let wanted = try at("2026-11-23T11:00Z")
        let taken = try busy(Fixture.anna, ("11:00", "12:00"))
        let nearest = roster.nearestOffers(
            of: Fixture.cut, to: wanted, from: wanted - 43_200, until: wanted + 86_400,
            now: try at("2026-11-23T06:00Z"),
            busy: taken, limit: 3)
        #expect(times(nearest) == ["12:00", "10:00", "13:00"])
        let later = roster.nearestOffers(
            of: Fixture.cut, to: wanted, from: wanted, until: wanted + 86_400, now: wanted, busy: taken, limit: 1)
        #expect(times(later) == ["12:00"])
        #expect(
            roster.nearestOffers(
                of: Fixture.cut, to: wanted, from: wanted, until: wanted, now: wanted, busy: [:], limit: 1) == [])
    }

    @Test func `an offer at one start is there or not`() throws {
        let roster = try Fixture.roster()
        let now = try at("2026-11-23T06:00Z")
        let free = roster.freeTime(busy: try busy(Fixture.anna, ("10:00", "11:00")), from: UTCDay(of: now), days: 1)
        func offer(_ time: String) throws -> Offer? {
            let start = try at("2026-11-23T\(time)Z")
            return roster.offers(of: Fixture.cut, in: start..<start + 300, now: now, free: free)
                .first { $0.start == start }
        }
        #expect(try offer("09:30")?.staff == Fixture.anna)
        #expect(try offer("09:45") == nil)
        #expect(try offer("09:28") == nil)
        #expect(try offer("11:00") != nil)
    }

    @Test func `the days that matter reach as far as buffers and the longest person`() throws {
        let service = Fixture.haircut(duration: 60, before: 30, after: 30)
        let slow = Fixture.member(Fixture.bo, skills: [Fixture.cut: Skill(duration: 2000)])
        let roster = try Fixture.roster(services: [service], staff: [Fixture.member(), slow])
        let window = try at("2026-11-23T00:15Z")..<at("2026-11-23T12:00Z")
        let days = roster.sheetDays(forStartsIn: window, of: [service])
        #expect(days.first == UTCDay(of: try at("2026-11-22T23:45Z")))
        #expect(days.count == 3 + (try at("2026-11-24T21:50Z") < at("2026-11-25T00:00Z") ? 0 : 1))
    }
}
