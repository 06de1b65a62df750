import HTTPKit
import JSON
import Reservations
import Salons
import Scheduling

extension BookingAPI {
    /// The salon of the path.
    static let salonID = Parameter.path(
        "id", Codec.uuid(make: { SalonID($0) }), "The salon's `id`.", unknown: .unknownSalon,
        example: Examples.placeholder("salon"))

    /// The hold or booking of the path.
    static let bookingID = Parameter.path(
        "id", Codec.uuid(make: { BookingID($0) }),
        "The `id` of the hold or booking; whoever knows it may act on it.", unknown: .unknownBooking)

    /// The sender's name for a write, after draft-ietf-httpapi-idempotency-key-header.
    static let key = Parameter.header(
        "Idempotency-Key",
        Codec.string(
            [("minLength", 1), ("maxLength", 255), ("pattern", "^[ -~]+$")],
            sentence: "must be one value of 1 to 255 printable ASCII characters", make: { IdempotencyKey($0) },
            text: { $0.text }),
        "A name for this request, such as a UUID. One key has one outcome: a request that took effect is answered so "
            + "again for three days, and one that was refused with 409 or 410 for an hour, also when a server was cut "
            + "off in between. A request that was refused with 400, 404 or 422 had no effect and is judged anew.",
        missing: "is missing; a write needs a key of its own, such as a UUID, to be repeated safely",
        example: Examples.placeholder("key"))

    /// A write to a booking: which, and under which name.
    static let keyedBooking = Parameters(bookingID, key) { _, id, key in (id, key) }
}
