public import Foundation
public import HTTPKit
import JSON

/// A place, a salon and a time of which the examples of the document speak.
public struct ExampleScene: Sendable {
    /// A position with salons around it.
    var latitude = 55.6761
    var longitude = 12.5683
    /// A salon that takes bookings, and what can be had there.
    var salon = UUID(uuidString: "00000000-0000-4000-8000-000000000001") ?? UUID()
    var service = UUID(uuidString: "00000000-0000-4000-8000-000000000002") ?? UUID()
    /// When that can begin.
    var start: Date
    var zone: TimeZone
    private let now: Date

    /// A scene that needs no directory: the centre of Copenhagen, the middle of the next working day.
    public init(now: Date, zone: TimeZone = TimeZone(identifier: "Europe/Copenhagen") ?? .gmt) {
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

    /// The values, by the names of the document's placeholders.
    public var examples: Examples {
        Examples(
            [
                "latitude": .number(latitude), "longitude": .number(longitude),
                "salon": .string(salon.uuidString.lowercased()), "service": .string(service.uuidString.lowercased()),
                "start": text(start), "moment": text(morning(hour: 12)),
                "from": text(morning(hour: 9)), "to": text(morning(hour: 18, daysLater: 3)),
                "later": text(start + 86_400),
                "area": [.array(corners.map { [.number($0.0), .number($0.1)] })],
                "box": .array([corners[0].0, corners[0].1, corners[2].0, corners[2].1].map { .number($0) }),
            ], fresh: ["key": { .string(UUID().uuidString.lowercased()) }])
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
}
