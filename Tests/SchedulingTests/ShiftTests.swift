import Foundation
import OpeningHours
import Scheduling
import Testing

/// Slots count from the beginning of the shift, in offers and in the check of a booking alike.
@Suite struct ShiftTests {
    private static let day = "2026-11-23"

    /// The local starts on a Monday, by offers; and the check says the same of every five minutes of the day.
    private func starts(_ roster: Roster, _ day: String = day) throws -> [String] {
        let clock = LocalClock(zone: roster.zone)
        let monday = try date(day)
        let midnight = Date(
            timeIntervalSince1970: Double(clock.instant(day: monday, minute: 0, occurrence: .first)))
        let next = Date(
            timeIntervalSince1970: Double(clock.instant(day: monday + 1, minute: 0, occurrence: .first)))
        let days = roster.sheetDays(forStartsIn: midnight..<next, of: roster.services)
        let free = roster.freeTime(busy: [:], from: days.first, days: days.count)
        let offers = roster.offers(of: Fixture.cut, in: midnight..<next, now: midnight, free: free)
        let checked = stride(from: midnight, to: next, by: 300).filter {
            (try? roster.check(Fixture.cut, by: Fixture.anna, at: $0, now: midnight).get()) != nil
        }
        #expect(offers.map(\.start) == checked)
        return roster.localStarts(offers).map { String($0.dropFirst(3).prefix(5)) }
    }

    private func hours(_ parts: (Int, Int)...) -> [StaffMember] {
        [Fixture.member(hours: parts.map { WorkingHours(weekday: 1, start: $0.0, end: $0.1) })]
    }

    @Test func `a step of 40 minutes counts from nine where the shift begins at nine`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(step: 40)], staff: hours((540, 720)))
        #expect(try starts(roster) == ["09:00", "09:40", "10:20", "11:00"])
    }

    @Test func `each shift of a day counts anew, also where one follows at once`() throws {
        let cut = [Fixture.haircut(step: 40)]
        let apart = try Fixture.roster(services: cut, staff: hours((540, 630), (670, 760)))
        #expect(try starts(apart) == ["09:00", "09:40", "11:10", "11:50"])
        let together = try Fixture.roster(services: cut, staff: hours((540, 630), (630, 720)))
        // The last of the first shift may end in the second.
        #expect(try starts(together) == ["09:00", "09:40", "10:20", "10:30", "11:10"])
    }

    @Test func `a later opening and a closing begin a shift, a booking does not`() throws {
        let cut = [Fixture.haircut(step: 40)]
        let late = try Fixture.roster(hours: "Mo 09:30-12:00", services: cut, staff: hours((480, 720)))
        #expect(try starts(late) == ["09:30", "10:10", "10:50", "11:30"])
        let closing = ScheduleException(
            kind: .closed, first: try date(Self.day), last: try date(Self.day), start: 600, end: 625)
        let cutApart = try Fixture.roster(services: cut, staff: hours((540, 720)), exceptions: [closing])
        #expect(try starts(cutApart) == ["09:00", "10:25", "11:05"])
        let busy = try at("2026-11-23T08:30Z")..<at("2026-11-23T09:10Z")
        let roster = try Fixture.roster(services: cut, staff: hours((540, 720)))
        let offers = try roster.offers(
            from: "2026-11-23T00:00Z", to: "2026-11-24T00:00Z", busy: [Fixture.anna: [busy]])
        #expect(roster.localStarts(offers).map { $0.dropFirst(3).prefix(5) } == ["09:00", "10:20", "11:00"])
    }

    @Test func `a dated opening around a shift counts for both, one after it for itself`() throws {
        let cut = [Fixture.haircut(step: 40)]
        func open(_ start: Int, _ end: Int) throws -> ScheduleException {
            ScheduleException(kind: .open, first: try date(Self.day), last: try date(Self.day), start: start, end: end)
        }
        let around = try Fixture.roster(services: cut, staff: hours((540, 660)), exceptions: [try open(510, 700)])
        #expect(try starts(around) == ["08:30", "09:10", "09:50", "10:30", "11:10"])
        let after = try Fixture.roster(services: cut, staff: hours((540, 660)), exceptions: [try open(660, 760)])
        #expect(try starts(after) == ["09:00", "09:40", "10:20", "11:00", "11:40"])
    }

    @Test func `a night goes on counting past midnight, and around the clock each day counts anew`() throws {
        let night = try Fixture.roster(
            services: [Fixture.haircut(step: 50)],
            staff: [Fixture.member(hours: [WorkingHours(weekday: 7, start: 1320, end: 1560)])])
        #expect(try starts(night) == ["00:30", "01:20"])
        let always = try Fixture.roster(
            services: [Fixture.haircut(step: 300)], staff: [Fixture.member(daily: 0, 1440)])
        #expect(try starts(always) == ["00:00", "05:00", "10:00", "15:00", "20:00"])
    }

    @Test func `the minutes of a step are those that pass when the clocks change`() throws {
        let sunday = Fixture.member(hours: [WorkingHours(weekday: 7, start: 0, end: 360)])
        let roster = try Fixture.roster(services: [Fixture.haircut(step: 90)], staff: [sunday])
        #expect(try starts(roster, "2026-03-29") == ["00:00", "01:30", "04:00", "05:30"])
        #expect(try starts(roster, "2026-10-25") == ["00:00", "01:30", "02:00", "03:30", "05:00"])
    }

    @Test func `a shift that begins between two steps counts from the next`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(step: 30)], staff: hours((542, 640)))
        #expect(try starts(roster) == ["09:05", "09:35", "10:05"])
    }
}
