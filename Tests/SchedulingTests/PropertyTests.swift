import Foundation
import Scheduling
import SeededRandom
import Testing

/// The module against ``SlowCalendar`` and ``SlowSearch``. `SCHEDULING_SEED` repeats one case alone.
@Suite struct PropertyTests {
    /// Days around which something is odd.
    private static let scenes: [(zone: String, middle: String)] = [
        ("Europe/Copenhagen", "2026-03-29"), ("Europe/Copenhagen", "2026-10-25"), ("Europe/Copenhagen", "2026-12-25"),
        ("Europe/Copenhagen", "2028-02-29"), ("Atlantic/Faroe", "2026-03-29"), ("Atlantic/Faroe", "2026-10-25"),
        ("America/Nuuk", "2023-03-25"), ("America/Nuuk", "2023-10-29"), ("America/Nuuk", "2024-03-30"),
        ("America/Nuuk", "2026-10-24"), ("Asia/Kathmandu", "2026-11-23"), ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"), ("America/St_Johns", "2006-10-29"), ("Pacific/Apia", "2011-12-30"),
        ("Europe/Copenhagen", "2026-04-04"),
    ]

    private static let cases = 1_600

    private static var seeds: [Int] {
        ProcessInfo.processInfo.environment["SCHEDULING_SEED"].flatMap(Int.init).map { [$0] } ?? Array(1...cases)
    }

    private static func clocks() throws -> [WallClock] {
        try scenes.map { try WallClock(zone: try #require(TimeZone(identifier: $0.zone)), middle: $0.middle) }
    }

    @Test func `working time and offers are those of a look at each minute`() throws {
        let clocks = try Self.clocks()
        var tally = Tally()
        for seed in Self.seeds {
            var random = SplitMix64(seed: UInt64(seed))
            let calendar = try SlowCalendar.random(random.element(clocks), &random)
            let problem = Self.problem(calendar, &random, &tally)
            if let problem {
                Issue.record("SCHEDULING_SEED=\(seed) in \(calendar.roster.zone.identifier): \(problem)")
                return
            }
        }
        guard Self.seeds.count == Self.cases else { return }
        // What is never found would not be compared either.
        #expect(tally.working > Self.cases / 2)
        #expect(tally.offers > Self.cases / 4)
        #expect(tally.parties > Self.cases / 30)
        #expect(tally.visits > Self.cases / 20)
    }

    private struct Tally {
        var working = 0
        var offers = 0
        var parties = 0
        var visits = 0
    }

    /// The first difference; nil when there is none.
    private static func problem(_ calendar: SlowCalendar, _ random: inout SplitMix64, _ tally: inout Tally) -> String? {
        let (clock, roster) = (calendar.clock, calendar.roster)
        // The days in the middle of the table, so that what reaches into them lies within it.
        let day = UTCDay(of: clock.instant((WallClock.days / 2 - 2) * 1440))
        let days = 4
        let within = clock.place(day.start)..<clock.place(day.advanced(by: days).start)

        let working = roster.staff.map(calendar.working)
        if let person = roster.staff.first, let slow = working.first {
            let window = subrange(of: within, &random)
            let fast = roster.workingTime(
                of: person, from: clock.instant(window.lowerBound), to: clock.instant(window.upperBound))
            let expected = runs(of: slow, in: window).map {
                clock.instant($0.lowerBound)..<clock.instant($0.upperBound)
            }
            if !fast.isEmpty { tally.working += 1 }
            guard fast == expected else { return "works \(fast), not \(expected)" }
        }

        let free = roster.freeTime(busy: calendar.busy, from: day, days: days)
        let starts = subrange(of: within, &random)
        let window = clock.instant(starts.lowerBound)..<clock.instant(starts.upperBound)
        let now = clock.instant(starts.lowerBound) + Double(random.element([-90_000, -4000, -600, 0, 1, 30, 3600]))
        let extra = random.element([0, 0, 13, 90])
        let search = SlowSearch(calendar, working: working, within: within, now: now, extraNotice: extra)
        let staff = random.chance(0.3) ? Fixture.person(UInt8.random(in: 1...3, using: &random)) : nil

        for (number, service) in roster.services.enumerated() {
            let size = number == 0 ? 1 : random.element([1, 2, 2, 3])
            let slow = search.parties(service, staff: staff, size: size, starts: starts)
            let fast = roster.parties(
                of: service.id, staff: staff, size: size, in: window, now: now, extraNotice: extra, free: free)
            if !fast.isEmpty { if size == 1 { tally.offers += 1 } else { tally.parties += 1 } }
            guard fast.map(SlowSearch.name) == slow else {
                return "\(service) for \(size) from \(window) at \(now): \(fast.map(SlowSearch.name)), not \(slow)"
            }
        }
        return checkProblem(calendar, working, starts, now, &random)
            ?? visitProblem(search, starts, window, free, staff, &random, &tally)
    }

    /// The rules of one step, which look at no bookings, against the minutes.
    private static func checkProblem(
        _ calendar: SlowCalendar, _ working: [[Bool]], _ starts: Range<Int>, _ now: Date, _ random: inout SplitMix64
    ) -> String? {
        let (clock, roster) = (calendar.clock, calendar.roster)
        guard let service = roster.services.first, let person = roster.staff.first, let minutes = working.first else {
            return nil
        }
        let lengths = SlowCalendar.lengths(minutes)
        let begins = calendar.shiftBegins(person)
        let end = calendar.bookingEnd(of: service, now: now)
        for _ in 0..<5 {
            let place = Int.random(in: starts, using: &random) / 5 * 5
            let slow = calendar.canStart(
                service, by: person, at: place, begins: begins, lengths: lengths, end: end, now: now)
            let fast = roster.check(service.id, by: person.id, at: clock.instant(place), now: now)
            guard ((try? fast.get()) != nil) == slow else {
                return "\(service) at \(clock.instant(place)), now \(now): \(fast)"
            }
        }
        return nil
    }

    private static func visitProblem(
        _ search: SlowSearch, _ starts: Range<Int>, _ window: Range<Date>, _ free: [StaffID: StepBits],
        _ staff: StaffID?,
        _ random: inout SplitMix64, _ tally: inout Tally
    ) -> String? {
        let roster = search.calendar.roster
        let wishes = (0..<random.element([2, 2, 3])).map { _ in
            (random.element(roster.services), random.chance(0.2) ? staff : nil)
        }
        let gap = random.element([0, 0, 5, 17, 30])
        let short = starts.lowerBound..<min(starts.upperBound, starts.lowerBound + 600)
        let window = window.lowerBound..<search.calendar.clock.instant(short.upperBound)
        let slow = search.visits(wishes.map { ($0.0, $0.1) }, gap: gap, starts: short)
        let fast = roster.visits(
            wishes.map { StepRequest(service: $0.0.id, staff: $0.1) }, maximumGap: gap, in: window, now: search.now,
            extraNotice: search.extraNotice, free: free)
        if !fast.isEmpty { tally.visits += 1 }
        guard fast.map(SlowSearch.name) == slow else {
            return "\(wishes) within \(gap) from \(window) at \(search.now): \(fast.map(SlowSearch.name)), not \(slow)"
        }
        return nil
    }

    private static func subrange(of places: Range<Int>, _ random: inout SplitMix64) -> Range<Int> {
        let first = Int.random(in: places, using: &random)
        return first..<min(first + Int.random(in: 1...2000, using: &random), places.upperBound)
    }

    private static func runs(of minutes: [Bool], in window: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for place in window where minutes[place] {
            if let last = found.last, last.upperBound == place {
                found[found.count - 1] = last.lowerBound..<(place + 1)
            } else {
                found.append(place..<(place + 1))
            }
        }
        return found
    }
}
