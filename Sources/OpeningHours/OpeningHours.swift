public import Foundation

/// Opening hours in the syntax of OpenStreetMap's `opening_hours`, evaluated in a zone.
///
/// What is understood: weekdays with ranges and ordinals, times (also past midnight and with an open end), `24/7`,
/// public holidays, years, months, dates, `easter`, ISO weeks, `open`, `off`, `closed`, `unknown`, comments, and the
/// rule separators `;`, `,` and `||`. What is not: school holidays (there is no data), times of the sun, points in
/// time and intervals (`10:00-16:00/90`), a range from a day to a bare month or the other way round. Such a value is
/// kept as text whole and is
/// `.unknown` at all times.
///
/// Source: OpenStreetMap wiki, Key:opening_hours/specification 0.7. Two places go with the documentation of
/// opening_hours.js: an open end is `.unknown` (until midnight, or 10 or 8 hours late in the day), and a rule after
/// `||` holds at each instant that the rules before leave closed.
public struct OpeningHours: Sendable, Hashable {
    /// The value as given.
    public let text: String
    /// The rules in order; empty when the value is not understood.
    public let rules: [Rule]
    /// Why the value is not understood: what was expected, and the character position (from 1); nil when it is.
    public let complaint: String?

    /// Whether the whole value is understood.
    public var isUnderstood: Bool { complaint == nil }

    /// Reads a value; one that is not understood is kept as text.
    public init(_ text: String) {
        self.text = text
        do throws(ParseFailure) {
            var parser = Parser(text)
            rules = try parser.rules()
            complaint = nil
        } catch {
            rules = []
            complaint = error.description
        }
    }

    /// One spelling for all values with these rules, which parses to the same rules; nil when not understood.
    public var canonical: String? {
        guard isUnderstood else { return nil }
        var result = ""
        for (rule, next) in zip(rules, rules.dropFirst().map(Optional.some) + [nil]) {
            result += rule.description
            guard let next else { continue }
            // Without a word between them a list would run on into the next rule.
            if next.separator == .additional, rule.status == .open, rule.comment == nil,
                rule.spans.isEmpty || next.days.isEveryDay
            {
                result += " open"
            }
            result += next.separator.rawValue
        }
        return result
    }

    /// The status at an instant and the next change, which is sought up to 370 days ahead.
    public func state(at instant: Date, in zone: TimeZone, holidays: HolidayCalendar) -> OpeningState {
        guard let second = Self.second(of: instant), isUnderstood else {
            return OpeningState(status: .unknown, reason: .notUnderstood, validFrom: instant, validUntil: nil)
        }
        let clock = LocalClock(zone: zone)
        let timeline = Timeline(rules: rules, holidays: holidays, clock: clock, question: .state)
        var status = Timeline.Reading.closed
        var validFrom: Date?
        var validUntil: Date?
        // Changes at one instant, where a clock change swallows an interval, count as one.
        var pending: Timeline.Change?
        timeline.forEachChange(from: clock.day(at: second) + -1, dayCount: isConstant ? 2 : 373) {
            status = $0
        } _: { change in
            if let last = pending, change.instant > last.instant {
                if last.reading != status { return false }
                pending = nil
            }
            if change.instant <= second {
                status = change.reading
                validFrom = Self.date(of: change.instant)
            } else {
                pending = change
            }
            return change.instant - second <= Self.horizon
        }
        if let pending, pending.reading != status, pending.instant - second <= Self.horizon {
            validUntil = Self.date(of: pending.instant)
        }
        return OpeningState(
            status: status.status, reason: status.reason, validFrom: validFrom ?? instant, validUntil: validUntil)
    }

    /// Which times ``intervals(_:from:to:in:holidays:)`` finds.
    public enum Interest: Sendable, Hashable {
        /// Known to be open.
        case open
        /// Not stated to be closed: open, or left open by a comment or an open end. Where a day may be a holiday, only
        /// what holds either way.
        case notClosed
    }

    /// Whether some rule is about public holidays themselves; one about the days before or after them is not.
    public var mentionsPublicHolidays: Bool {
        rules.contains { $0.days.holidays.contains { $0.dayOffset == 0 } }
    }

    /// Whether some rule depends on public holidays.
    public var hasHolidayRule: Bool {
        rules.contains { !$0.days.holidays.isEmpty }
    }

    /// The intervals of a kind in [start, end), clipped to it, in order; none for a value that is not understood.
    ///
    /// - Complexity: linear in the days between the two.
    public func intervals(
        _ interest: Interest = .open, from start: Date, to end: Date, in zone: TimeZone, holidays: HolidayCalendar
    ) -> [(start: Date, end: Date)] {
        guard let first = Self.second(of: start), let last = Self.second(of: end), end > start, isUnderstood else {
            return []
        }
        let clock = LocalClock(zone: zone)
        let timeline = Timeline(
            rules: rules, holidays: holidays, clock: clock, question: interest == .open ? .state : .notClosed)
        let firstDay = clock.day(at: first) + -1
        let dayCount = clock.day(at: last).number - firstDay.number + 2
        var found: [(start: Date, end: Date)] = []
        var opened: Date?
        func close(at instant: Date) {
            if let begin = opened, min(instant, end) > max(begin, start) {
                let clipped = (start: max(begin, start), end: min(instant, end))
                if let previous = found.last, previous.end == clipped.start {
                    found[found.count - 1].end = clipped.end
                } else {
                    found.append(clipped)
                }
            }
            opened = nil
        }
        timeline.forEachChange(from: firstDay, dayCount: dayCount) {
            if $0 == .open { opened = .distantPast }
        } _: { change in
            let instant = Self.date(of: change.instant)
            close(at: instant)
            if change.reading == .open { opened = instant }
            return instant < end
        }
        close(at: end)
        return found
    }

    /// 370 days in seconds.
    private static let horizon = 370 * 86_400

    /// One rule for each whole day: no day differs from another.
    private var isConstant: Bool {
        rules.allSatisfy { $0.days.isEveryDay && $0.spans.isEmpty }
    }

    private static func date(of second: Int) -> Date {
        Date(timeIntervalSince1970: TimeInterval(second))
    }

    /// Nil outside the years 1 to 9999, where a zone has no meaning.
    private static func second(of date: Date) -> Int? {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard seconds > -62_135_000_000, seconds < 253_370_000_000 else { return nil }
        return Int(seconds)
    }
}
