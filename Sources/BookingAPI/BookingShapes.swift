import Foundation
import HTTPKit
import JSON
import Reservations
import Scheduling

/// Holds and bookings as answers tell them. Never who the customer is.
enum BookingShapes {
    static let booking = Shape<Booking>(
        [
            Property("id", SlotShapes.uuid) { "\($0.id)" },
            Property("salon", SlotShapes.uuid) { "\($0.salon)" },
            Property("status", .text(words: [("enum", statuses)])) { $0.status.rawValue },
            Property("version", .integer(from: 1), "Raised at each change.") { Int($0.version) },
            Property("start", .local) { LocalInstant($0.start, in: $0.zone) },
            Property("end", .local) { LocalInstant($0.end, in: $0.zone) },
            .optional("time_zone", .text(), "IANA name.") { $0.zone?.identifier },
            .optional("series", SlotShapes.uuid) { $0.series?.uuidString.lowercased() },
            .optional("expires_at", .milliseconds) { $0.status == .held ? $0.expires : nil },
            .optional("service", SlotShapes.uuid) { single($0).map { "\($0.service)" } },
            .optional("staff", SlotShapes.uuid) { single($0).map { "\($0.staff)" } },
            .optional("price", SlotShapes.price) { SlotShapes.total($0.steps.map(\.price)) },
            Property("steps", .list(of: SlotShapes.step)) { booking in
                booking.steps.map { step in
                    SlotShapes.Part(
                        service: step.service, staff: step.staff, start: step.start, end: step.end,
                        price: step.price, zone: booking.zone)
                }
            },
        ], description: "`service` and `staff` are there when it has one step."
    ).named("Booking")

    private static let statuses = JSONValue.array(Booking.Status.allCases.map { .string($0.rawValue) })

    private static func single(_ booking: Booking) -> Booking.Step? {
        booking.steps.count == 1 ? booking.steps.first : nil
    }

    static let series = Shape<[Booking]>([
        Property("series", SlotShapes.uuid) { $0.first?.series?.uuidString.lowercased() ?? "" },
        Property("bookings", .list(of: booking)) { $0 },
    ]).named("Series")

    /// What a request for bookings brought.
    enum Made: Sendable {
        case one(Booking)
        case series([Booking])
    }

    static let made = Shape<Made>.oneOf([booking.schema, series.schema]) { made, writer in
        switch made {
        case .one(let one): booking.write(one, to: &writer)
        case .series(let all): series.write(all, to: &writer)
        }
    }.named("BookingOrSeries")

    /// An occurrence that cannot be had, in a salon of this zone.
    struct Conflict: Sendable {
        var conflict: SeriesConflict
        var zone: TimeZone
    }

    static let conflict = Shape<Conflict>([
        Property("number", .integer(from: 0), "Of the series, from 0.") { $0.conflict.number },
        Property("start", .local) { LocalInstant($0.conflict.start, in: $0.zone) },
        Property("reason", reason) { $0.conflict.rule?.word ?? "taken" },
    ]).named("SeriesConflict")

    /// Why an offer cannot be had.
    static let reason = Shape(
        Codec<String>.text(words: [
            ("enum", .array((["taken", "unknown-salon"] + BookingRefusal.words).map { .string($0) })),
            ("description", "`taken`, or the rule that forbids it."),
        ]))
}
