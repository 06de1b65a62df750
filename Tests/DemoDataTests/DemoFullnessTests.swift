import Foundation
import OpeningHours
import Salons
import Scheduling
import Testing

@testable import DemoData

struct `How full invented calendars are` {
    private typealias Calendars = `Invented calendars`

    /// Minutes of one day.
    private struct Load {
        let worked: Double
        let taken: Double
    }

    /// What is worked and what is taken by bookings, by day from the first on.
    private static func load(_ salon: Salon, from first: CivilDay = Calendars.day) -> [Load] {
        let (roster, diary) = Calendars.made(salon, from: first)
        let clock = LocalClock(zone: roster.zone)
        return (0..<14).map { index in
            func midnight(_ number: Int) -> Date {
                Date(
                    timeIntervalSince1970: Double(
                        clock.instant(day: first + number, minute: 0, occurrence: .first)))
            }
            let day = midnight(index)..<midnight(index + 1)
            let away = diary.absences.filter { $0.kind == .timeOff && $0.during.overlaps(day) }.map(\.staff)
            let worked = roster.workingTimes(from: day.lowerBound, to: day.upperBound)
                .filter { !away.contains($0.key) }.values.joined()
                .reduce(0) { $0 + $1.upperBound.timeIntervalSince($1.lowerBound) }
            let taken = diary.bookings.filter { day.contains($0.step.start) }
                .reduce(0) { $0 + $1.step.occupied.upperBound.timeIntervalSince($1.step.occupied.lowerBound) }
            return Load(worked: worked / 60, taken: taken / 60)
        }
    }

    private static let loads = Calendars.salons(250).map { load($0) }

    private static func share(of days: some Sequence<Int>, _ loads: [[Load]]) -> Double {
        let sums = loads.reduce((0.0, 0.0)) { sum, load in
            days.reduce(sum) { ($0.0 + load[$1].worked, $0.1 + load[$1].taken) }
        }
        return sums.0 == 0 ? 0 : sums.1 / sums.0
    }

    @Test func `differs from salon to salon, from quiet to nearly full`() {
        let shares = Self.loads.filter { $0[0...6].reduce(0) { $0 + $1.worked } > 1_200 }
            .map { Self.share(of: 0..<4, [$0]) }.sorted()
        #expect(shares.count > 100)
        let (low, high) = (shares[shares.count / 10], shares[shares.count * 9 / 10])
        #expect((0.15...0.45).contains(low), "\(low)")
        #expect((0.7...0.97).contains(high), "\(high)")
        #expect(shares.allSatisfy { $0 < 1 })
    }

    @Test func `is more on Fridays and Saturdays, and less the further away a day is`() {
        // The second day, as a Tuesday and as a Friday.
        let onFriday = Calendars.salons(250).map { Self.load($0, from: Calendars.day + 3) }
        #expect(Self.share(of: [1], onFriday) > Self.share(of: [1], Self.loads) * 1.15)
        #expect(Self.share(of: 7..<14, Self.loads) < Self.share(of: 0..<7, Self.loads) * 0.8)
        #expect(Self.share(of: 0..<3, Self.loads) > 0.4)
    }

    @Test func `leaves time off, blocks and dated changes to be seen`() {
        let made = Calendars.salons(250).map { Calendars.made($0) }
        let absences = made.flatMap(\.diary.absences)
        #expect(absences.count { $0.kind == .timeOff } > 10)
        #expect(absences.count { $0.kind == .block } > 60)
        let exceptions = made.flatMap(\.roster.exceptions)
        #expect(exceptions.contains { $0.kind == .closed && $0.staff == nil })
        #expect(exceptions.contains { $0.kind == .closed && $0.staff != nil })
        let christmas = exceptions.filter { $0.kind == .open }
        #expect(Set(christmas.map { "\($0.first)" }) == ["2026-12-13", "2026-12-20"])
    }
}
