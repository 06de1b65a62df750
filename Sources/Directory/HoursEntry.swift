import Foundation
import OpeningHours
import Synchronization

/// One distinct text of opening hours with the zone and country that it is read in.
final class HoursEntry: Sendable {
    let text: String
    let zoneName: String
    let country: String
    let isUnderstood: Bool

    private let hours: OpeningHours
    private let zone: TimeZone?
    private let holidays: HolidayCalendar
    private let answer = Mutex<Answer?>(nil)

    /// The members for an answer, with the whole minutes during which they hold.
    private struct Answer {
        var minutes: Range<Int>
        var bytes: [UInt8]
    }

    /// - Parameter zoneName: empty where it is not known.
    init(text: String, zone zoneName: String, country: String) {
        self.text = text
        self.zoneName = zoneName
        self.country = country
        hours = OpeningHours(text)
        zone = zoneName.isEmpty ? nil : TimeZone(identifier: zoneName)
        holidays = HolidayCalendar.of(country: country)
        isUnderstood = hours.isUnderstood && zone != nil
    }

    /// Minutes since 1970, rounded down: hours change on whole minutes only.
    static func minute(of date: Date) -> Int {
        Int((min(max(date.timeIntervalSince1970, -1e11), 1e11) / 60).rounded(.down))
    }

    /// What is known at a minute, and the minutes around it during which it holds.
    func state(minute: Int) -> (state: HoursState, minutes: Range<Int>) {
        guard hours.isUnderstood else { return (.notUnderstood, 0..<Int(Int32.max)) }
        guard let zone else { return (.timeZoneUnknown, 0..<Int(Int32.max)) }
        let state = hours.state(at: Self.date(minute), in: zone, holidays: holidays)
        let from = min(minute, Self.minute(of: state.validFrom))
        // Without a change the source has looked 370 days ahead; it looks anew a day before.
        let until = state.validUntil.map { Self.minute(of: $0) } ?? minute + 369 * 1440
        return (HoursState(state), from..<max(until, minute + 1))
    }

    /// `,"open_now":true,"closes_at":"…"`, or `,"hours_unknown":"…"` with why it is not known.
    func rendered(at date: Date) -> [UInt8] {
        let minute = Self.minute(of: date)
        if let answer = answer.withLock({ $0 }), answer.minutes.contains(minute) { return answer.bytes }
        let (state, minutes) = state(minute: minute)
        let bytes = render(state, until: minutes.upperBound, hasChange: minutes.upperBound < minute + 369 * 1440)
        answer.withLock { $0 = Answer(minutes: minutes, bytes: bytes) }
        return bytes
    }

    private func render(_ state: HoursState, until: Int, hasChange: Bool) -> [UInt8] {
        if let reason = state.reason { return Array(",\"hours_unknown\":\"\(reason)\"".utf8) }
        guard let zone else { return [] }
        let isOpen = state == .open
        var text = ",\"open_now\":\(isOpen)"
        // A place that goes from open to unknown has not said when it closes.
        if hasChange, self.state(minute: until).state == (isOpen ? .closed : .open) {
            text += ",\"\(isOpen ? "closes_at" : "opens_at")\":\"\(Self.localTime(until, in: zone))\""
        }
        return Array(text.utf8)
    }

    private static func date(_ minute: Int) -> Date { Date(timeIntervalSince1970: Double(minute) * 60) }

    /// RFC 3339 with the zone's offset at that minute.
    private static func localTime(_ minute: Int, in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: date(minute)) / 60
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let local = date(minute + offset).formatted(.iso8601.dateTimeSeparator(.standard)).dropLast()
        let sign = offset < 0 ? "-" : "+"
        return "\(local)\(sign)\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
    }
}
