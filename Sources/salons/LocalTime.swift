import Foundation
import OpeningHours

/// Reads and writes times as somebody at a terminal does: on the clock of a salon's wall.
struct LocalTime {
    let zone: TimeZone
    let now: Date

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The date on the salon's wall now.
    var today: CivilDay { CivilDay(of: now, in: zone) }

    // MARK: Reading

    /// The instant of `15:30` (today), `tomorrow 10:00`, `fri 9:30`, `2026-11-24T15:30` or RFC 3339 with an offset.
    /// Throws a sentence about the option for anything else, and for a local time that comes twice or not at all.
    func instant(_ text: String, option: String) throws(CommandError) -> Date {
        guard let (day, clock) = split(text), let clock else {
            if let sentence = Self.unreal(text) { throw CommandError("\(option) '\(text)': \(sentence)") }
            throw CommandError(
                "\(option) '\(text)': write a time as 15:30, tomorrow 10:00, fri 9:30, 2026-11-24T15:30 or "
                    + "2026-11-24T15:30:00+01:00")
        }
        return try instant(day ?? today, clock, text, option)
    }

    /// As `instant`, and also a day without a time: its first moment, or the first after it where an end is meant.
    func bound(_ text: String, isEnd: Bool = false, option: String) throws(CommandError) -> Date {
        guard let (day, clock) = split(text), let day, clock == nil else {
            return try instant(text, option: option)
        }
        return midnight(isEnd ? day + 1 : day)
    }

    /// The first moment of a day.
    func midnight(_ day: CivilDay) -> Date {
        Date(
            timeIntervalSince1970: Double(LocalClock(zone: zone).instant(day: day, minute: 0, occurrence: .first)))
    }

    private struct Clock {
        var second: Int
        /// Seconds ahead of UTC, where it is said.
        var offset: Int?
    }

    /// A day and a time, as far as each is said; nil for what is neither.
    private func split(_ text: String) -> (day: CivilDay?, clock: Clock?)? {
        var words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        if words.count == 1, let match = words[0].wholeMatch(of: #/([0-9]{4}-[0-9]{2}-[0-9]{2})t(.+)/#) {
            words = [String(match.1), String(match.2)]
        }
        switch words.count {
        case 1:
            if let day = day(words[0]) { return (day, nil) }
            guard let clock = Self.clock(words[0]), clock.offset == nil else { return nil }
            return (nil, clock)
        case 2:
            guard let day = day(words[0]), let clock = Self.clock(words[1]) else { return nil }
            return (day, clock)
        default: return nil
        }
    }

    /// What is wrong with a text that has the form of a date and a time and names none; nil for another form.
    private static func unreal(_ text: String) -> String? {
        let words = text.lowercased().split { $0.isWhitespace || $0 == "t" }.map(String.init)
        for word in words where CivilDay(word) == nil {
            guard let match = word.wholeMatch(of: #/(\d{4})-(\d{2})-(\d{2})/#), let year = Int(match.1),
                let month = Int(match.2)
            else { continue }
            guard (1...12).contains(month) else { return "there is no month \(match.2)" }
            let next = CivilDay(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            return "there is no \(word): \(months[month - 1]) \(year) has \((next + -1).date.day) days"
        }
        for word in words where clock(word) == nil && word.wholeMatch(of: #/\d{1,2}:\d{2}.*/#) != nil {
            return "there is no time of day \(word)"
        }
        return nil
    }

    private func day(_ word: String) -> CivilDay? {
        switch word {
        case "today": return today
        case "tomorrow": return today + 1
        default: break
        }
        if word.count >= 3, let weekday = Self.weekdays.firstIndex(where: { $0.hasPrefix(word) }) {
            return today + (weekday - today.weekday + 7) % 7
        }
        return CivilDay(word)
    }

    private static func clock(_ word: String) -> Clock? {
        guard
            let match = word.wholeMatch(
                of: #/([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?(z|[+-][0-9]{2}:[0-9]{2})?/#),
            let hour = Int(match.1), let minute = Int(match.2), let second = Int(match.3 ?? "0"), hour < 24,
            minute < 60, second < 60
        else { return nil }
        var clock = Clock(second: hour * 3_600 + minute * 60 + second)
        if let text = match.4 {
            guard text != "z" else {
                clock.offset = 0
                return clock
            }
            let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
            guard parts.count == 2, parts[0] < 24, parts[1] < 60 else { return nil }
            let ahead = parts[0] * 3_600 + parts[1] * 60
            clock.offset = text.hasPrefix("-") ? -ahead : ahead
        }
        return clock
    }

    private func instant(
        _ day: CivilDay, _ clock: Clock, _ text: String, _ option: String
    ) throws(CommandError) -> Date {
        let local = day.number * 86_400 + clock.second
        if let offset = clock.offset { return Date(timeIntervalSince1970: Double(local - offset)) }
        let wall = LocalClock(zone: zone)
        let (minute, second) = clock.second.quotientAndRemainder(dividingBy: 60)
        let first = wall.instant(day: day, minute: minute, occurrence: .first) + second
        let last = wall.instant(day: day, minute: minute, occurrence: .last) + second
        guard first + wall.offset(at: first) == local else {
            throw CommandError(
                "\(option) '\(text)': the clock goes forward on \(day) in \(zone.identifier), so there is no such time")
        }
        guard first == last else {
            throw CommandError(
                "\(option) '\(text)': the clock goes back on \(day) in \(zone.identifier), so this time comes twice; "
                    + "say which, as \(rfc3339(first)) or \(rfc3339(last))")
        }
        return Date(timeIntervalSince1970: Double(first))
    }

    private func rfc3339(_ second: Int) -> String {
        let offset = LocalClock(zone: zone).offset(at: second)
        let local = second + offset
        let day = CivilDay(of: Date(timeIntervalSince1970: Double(second)), in: zone)
        let sign = offset < 0 ? "-" : "+"
        return "\(day)T\(Self.clockText(local - day.number * 86_400)):00\(sign)\(Self.clockText(abs(offset)))"
    }

    // MARK: Writing

    /// `Tue 24 Nov`.
    func text(_ day: CivilDay) -> String {
        let (_, month, number) = day.date
        return "\(Self.weekdays[day.weekday].prefix(3).capitalized) \(number) \(Self.months[month - 1])"
    }

    /// `15:30`.
    func clockText(_ instant: Date) -> String {
        let second = Int(instant.timeIntervalSince1970.rounded(.down))
        let local = second + LocalClock(zone: zone).offset(at: second)
        return Self.clockText((local % 86_400 + 86_400) % 86_400)
    }

    /// `Tue 24 Nov 15:30`.
    func text(_ instant: Date) -> String { "\(text(CivilDay(of: instant, in: zone))) \(clockText(instant))" }

    private static func clockText(_ second: Int) -> String {
        let (hour, minute) = (second / 3_600, second / 60 % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
