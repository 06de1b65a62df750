import Foundation

/// What the examples of the OpenAPI document speak of: places, salons and times that exist when it is served, so that
/// an example works on the day on which somebody tries it.
///
/// The document is written once, with markers in the place of values; `resolve(_:)` puts the values in.
struct Examples: Sendable {
    /// A position with salons around it.
    var latitude = 55.6761
    var longitude = 12.5683
    /// A salon that takes bookings, and what can be had there.
    var salon = UUID(uuidString: "00000000-0000-4000-8000-000000000001") ?? UUID()
    var service = UUID(uuidString: "00000000-0000-4000-8000-000000000002") ?? UUID()
    /// When that can begin.
    var start: Date
    var zone: TimeZone
    var now: Date

    /// Examples that need no directory: the centre of Copenhagen, the middle of the next working day.
    init(now: Date, zone: TimeZone = TimeZone(identifier: "Europe/Copenhagen") ?? .gmt) {
        self.now = now
        self.zone = zone
        start = now
        start = morning(hour: 14)
    }

    /// An hour of the next working day, or of one some days after it.
    func morning(hour: Int, daysLater: Int = 0) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        var day = calendar.startOfDay(for: now)
        repeat {
            day = calendar.date(byAdding: .day, value: 1, to: day) ?? day + 86_400
        } while calendar.isDateInWeekend(day)
        day = calendar.date(byAdding: .day, value: daysLater, to: day) ?? day
        return calendar.date(bySettingHour: hour, minute: 0, second: 0, of: day) ?? day
    }

    /// A place in the document that takes one of the values.
    enum Marker: String, CaseIterable {
        case latitude, longitude, salon, service, start, key, moment, from, to, later, area, box

        /// What stands in the document until it is served.
        var placeholder: JSONValue { .string("\u{1}\(rawValue)") }
    }

    private func value(_ marker: Marker) -> JSONValue {
        switch marker {
        case .latitude: .number(latitude)
        case .longitude: .number(longitude)
        case .salon: .string(salon.uuidString.lowercased())
        case .service: .string(service.uuidString.lowercased())
        case .start: text(start)
        // Each write has a name of its own.
        case .key: .string(UUID().uuidString.lowercased())
        case .moment: text(morning(hour: 12))
        case .from: text(morning(hour: 9))
        case .to: text(morning(hour: 18, daysLater: 3))
        case .later: text(start + 86_400)
        case .area: .array([.array(corners.map { .array([.number($0.0), .number($0.1)]) })])
        case .box: .array([corners[0].0, corners[0].1, corners[2].0, corners[2].1].map { .number($0) })
        }
    }

    private func text(_ date: Date) -> JSONValue { .string(Timestamp.text(date, in: zone)) }

    /// A ring of some kilometres around the position, longitude first.
    private var corners: [(Double, Double)] {
        func rounded(_ value: Double, _ limit: Double) -> Double {
            (min(max(value, -limit), limit) * 1e4).rounded() / 1e4
        }
        let (west, east) = (rounded(longitude - 0.05, 180), rounded(longitude + 0.05, 180))
        let (south, north) = (rounded(latitude - 0.03, 90), rounded(latitude + 0.03, 90))
        return [(west, south), (east, south), (east, north), (west, north), (west, south)]
    }

    /// The document with values in the place of markers.
    func resolve(_ document: JSONValue) -> JSONValue {
        switch document {
        case .string(let text):
            guard text.first == "\u{1}", let marker = Marker(rawValue: String(text.dropFirst())) else {
                return document
            }
            return value(marker)
        case .array(let elements): return .array(elements.map(resolve))
        case .object(let members): return .object(members.map { ($0.0, resolve($0.1)) })
        case .number, .bool: return document
        }
    }
}
