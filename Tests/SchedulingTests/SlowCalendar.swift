import Foundation
import OpeningHours
import Salons
import Scheduling

/// A salon at random, and what the rules say of it minute by minute.
struct SlowCalendar {
    /// Parts of a week by ISO weekday, and what holds on public holidays if anything is said of them.
    struct Opening {
        var week: [Int: [Range<Int>]] = [:]
        var holiday: [Range<Int>]?

        /// In the syntax of OpenStreetMap.
        var text: String {
            func clock(_ minute: Int) -> String {
                "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
            }
            func spans(_ ranges: [Range<Int>]) -> String {
                ranges.map { "\(clock($0.lowerBound))-\(clock($0.upperBound))" }.joined(separator: ",")
            }
            let names = ["", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
            var rules = week.sorted { $0.key < $1.key }.map { "\(names[$0.key]) \(spans($0.value))" }
            if let holiday { rules.append(holiday.isEmpty ? "PH off" : "PH \(spans(holiday))") }
            return rules.joined(separator: "; ")
        }
    }

    let clock: WallClock
    let roster: Roster
    let opening: Opening?
    var busy: [StaffID: [Range<Date>]] = [:]

    /// Public holidays by (year, month, day), said by hand so that no calendar of the module decides.
    static let holidays: Set<[Int]> = [
        [2024, 3, 28], [2024, 3, 29], [2024, 3, 31], [2024, 4, 1],
        [2026, 4, 2], [2026, 4, 3], [2026, 4, 5], [2026, 4, 6], [2026, 12, 25], [2026, 12, 26], [2027, 1, 1],
    ]

    private func isHoliday(_ date: Int) -> Bool {
        guard roster.holidays == .denmark else { return false }
        let date = clock.dates[date]
        return Self.holidays.contains([date.year, date.month, date.day])
    }

    /// For each minute of the clock's table whether somebody works.
    func working(_ person: StaffMember) -> [Bool] {
        let nothing = [Bool](repeating: false, count: clock.labels.count)
        func paint(_ minutes: inout [Bool], _ date: Int, _ part: Range<Int>, _ value: Bool) {
            for place in clock.places(date: date, from: part.lowerBound, to: part.upperBound) { minutes[place] = value }
        }
        func dated(_ minutes: inout [Bool], _ kind: ScheduleException.Kind, _ staff: StaffID?) {
            for exception in roster.exceptions where exception.kind == kind && exception.staff == staff {
                for date in clock.dates.indices {
                    let day = clock.dates[date]
                    let civil = CivilDay(year: day.year, month: day.month, day: day.day)
                    guard civil >= exception.first, civil <= exception.last else { continue }
                    paint(&minutes, date, exception.start..<exception.end, kind == .open)
                }
            }
        }
        var minutes = nothing
        for date in clock.dates.indices {
            if isHoliday(date), roster.isClosedOnHolidays, opening?.holiday == nil { continue }
            let day = clock.dates[date]
            let civil = CivilDay(year: day.year, month: day.month, day: day.day)
            for part in person.hours where part.weekday == day.weekday {
                if let from = part.validFrom, civil < from { continue }
                if let to = part.validTo, civil > to { continue }
                paint(&minutes, date, part.start..<part.end, true)
            }
        }
        if let opening {
            var open = nothing
            for date in clock.dates.indices {
                let parts = isHoliday(date) ? opening.holiday : nil
                for part in parts ?? opening.week[clock.dates[date].weekday] ?? [] { paint(&open, date, part, true) }
            }
            for place in minutes.indices where !open[place] { minutes[place] = false }
        }
        dated(&minutes, .closed, nil)
        dated(&minutes, .open, nil)
        dated(&minutes, .closed, person.id)
        dated(&minutes, .open, person.id)
        return minutes
    }

    /// For each minute at which somebody works, the place from which its slots are counted: where the shift begins, or
    /// the next multiple of five minutes.
    func shiftBegins(_ person: StaffMember) -> [Int?] {
        func minutes(_ date: Int, _ part: Range<Int>) -> Set<Int> {
            Set(clock.places(date: date, from: part.lowerBound, to: part.upperBound))
        }
        func dated(_ kind: ScheduleException.Kind, _ staff: StaffID?) -> [Set<Int>] {
            roster.exceptions.filter { $0.kind == kind && $0.staff == staff }.flatMap { exception in
                clock.dates.indices.filter { date in
                    let day = clock.dates[date]
                    let civil = CivilDay(year: day.year, month: day.month, day: day.day)
                    return civil >= exception.first && civil <= exception.last
                }.map { minutes($0, exception.start..<exception.end) }
            }
        }
        var open: Set<Int>?
        if let opening {
            open = []
            for date in clock.dates.indices {
                let parts = isHoliday(date) ? opening.holiday : nil
                for part in parts ?? opening.week[clock.dates[date].weekday] ?? [] {
                    open?.formUnion(minutes(date, part))
                }
            }
        }
        var parts: [Set<Int>] = []
        for date in clock.dates.indices {
            if isHoliday(date), roster.isClosedOnHolidays, opening?.holiday == nil { continue }
            let day = clock.dates[date]
            let civil = CivilDay(year: day.year, month: day.month, day: day.day)
            for part in person.hours where part.weekday == day.weekday {
                if let from = part.validFrom, civil < from { continue }
                if let to = part.validTo, civil > to { continue }
                let all = minutes(date, part.start..<part.end)
                parts.append(open.map { all.intersection($0) } ?? all)
            }
        }
        for closed in dated(.closed, nil) { parts = parts.map { $0.subtracting(closed) } }
        parts += dated(.open, nil)
        for closed in dated(.closed, person.id) { parts = parts.map { $0.subtracting(closed) } }
        parts += dated(.open, person.id)
        var runs: [Range<Int>] = []
        for part in parts {
            for place in part.sorted() {
                if let last = runs.last, last.upperBound == place, part.contains(place - 1) {
                    runs[runs.count - 1] = last.lowerBound..<place + 1
                } else {
                    runs.append(place..<place + 1)
                }
            }
        }
        // Minute by minute: whoever began first counts on, until that shift is over.
        var begins = [Int?](repeating: nil, count: clock.labels.count)
        runs.sort { $0.lowerBound == $1.lowerBound ? $0.count > $1.count : $0.lowerBound < $1.lowerBound }
        for run in runs {
            guard let first = run.first(where: { begins[$0] == nil }) else { continue }
            let minute = Int(clock.instant(first).timeIntervalSince1970) / 60
            for place in first..<run.upperBound { begins[place] = first + (5 - minute % 5) % 5 }
        }
        return begins
    }

    /// For each minute whether somebody works in it and nothing takes any of it, within some places of the table.
    func free(_ person: StaffMember, working: [Bool], within places: Range<Int>) -> [Bool] {
        var minutes = working
        for place in 0..<places.lowerBound { minutes[place] = false }
        for place in places.upperBound..<minutes.count { minutes[place] = false }
        for taken in busy[person.id] ?? [] {
            var place = clock.place(taken.lowerBound)
            while place < minutes.count, clock.instant(place) < taken.upperBound {
                if place >= 0 { minutes[place] = false }
                place += 1
            }
        }
        return minutes
    }

    /// For each minute how many in a row, it and those after it, are true.
    static func lengths(_ minutes: [Bool]) -> [Int] {
        var lengths = [Int](repeating: 0, count: minutes.count + 1)
        for place in minutes.indices.reversed() where minutes[place] { lengths[place] = lengths[place + 1] + 1 }
        return lengths
    }

    /// Whether the rules allow a service at a place, by somebody who has so many minutes in a row from each on.
    func canStart(
        _ service: SalonService, by person: StaffMember, at place: Int, begins: [Int?], lengths: [Int], end: Int,
        now: Date,
        extraNotice: Int = 0
    ) -> Bool {
        guard let skill = person.skills[service.id] else { return false }
        guard let begin = begins[place], place >= begin, (place - begin) % service.slotStep == 0 else { return false }
        let wait = clock.instant(place).timeIntervalSince(now)
        guard wait >= Double(service.minimumNotice * 60), wait >= Double(extraNotice * 60) else { return false }
        guard place < end else { return false }
        let first = place - service.bufferBefore
        return first >= 0
            && lengths[first] >= service.bufferBefore + (skill.duration ?? service.duration) + service.bufferAfter
    }

    /// The first place on a local date that is too far ahead.
    func bookingEnd(of service: SalonService, now: Date) -> Int {
        let place = clock.place(now)
        let date = clock.labels[place] / 1440 + service.horizon + 1
        return clock.labels.indices.first { $0 > place && clock.labels[$0] >= date * 1440 } ?? clock.labels.count
    }

    func end(_ service: SalonService, by person: StaffMember, at place: Int) -> Int {
        place + (person.skills[service.id]?.duration ?? service.duration)
    }
}
