import Foundation
import JSON
import Salons
import Scheduling

/// What the functions in the database answer.
struct Answer {
    /// The words that a function may answer; any other is an error.
    enum Outcome: String, CaseIterable {
        case done = "ok"
        case keyReused = "key-reused"
        case slotTaken = "slot-taken"
        case tooSoon = "too-soon"
        case notBegun = "not-begun"
        case tooLate = "too-late"
        case notFound = "not-found"
        case alreadyBooked = "already-booked"
        case ended
        case holdExpired = "hold-expired"
        case versionMismatch = "version-mismatch"
        /// The booking lies elsewhere than where the caller read it.
        case movedMeanwhile = "moved-meanwhile"
        case unknownSalon = "unknown-salon"
        /// The plan was made by a calendar that has changed since.
        case calendarChanged = "calendar-changed"
    }

    let outcome: Outcome
    let bookings: [Booking]
    /// Numbers of the wishes that bookings stand in the way of, from 1.
    let conflicts: [Int]
    /// Minutes before the start until which customers may change a booking, where it is too late for that.
    let window: Int?
    let isReplay: Bool

    init(_ document: [UInt8]) throws(ReservationError) {
        let answer = try Self.read(document)
        let word = try answer.required("outcome", \.string)
        guard let known = Outcome(rawValue: word) else { throw .failed("the database answered \"\(word)\"") }
        outcome = known
        bookings = try Self.bookings(answer.optional("bookings", \.array) ?? [])
        conflicts = try (answer.optional("conflicts", \.array) ?? []).map { number throws(ReservationError) in
            guard let number = number.number?.integer else { throw .unreadableAnswer }
            return number
        }
        window = try answer.optional("window", \.number?.integer)
        isReplay = try answer.optional("replayed", \.bool) ?? false
    }

    /// The bookings of a document that is nothing but their array.
    static func bookings(_ document: [UInt8]) throws(ReservationError) -> [Booking] {
        guard let items = try read(document).array else { throw .unreadableAnswer }
        return try bookings(items)
    }

    private static func read(_ document: [UInt8]) throws(ReservationError) -> JSONValue {
        do {
            return try JSONReader.read(document)
        } catch {
            throw .unreadableAnswer
        }
    }

    private static func bookings(_ items: [JSONValue]) throws(ReservationError) -> [Booking] {
        try items.map { item throws(ReservationError) in
            let word = try item.required("status", \.string)
            guard let status = Booking.Status(rawValue: word) else { throw .failed("a booking has the status \(word)") }
            return Booking(
                id: BookingID(try item.required("id", \.uuid)), salon: SalonID(try item.required("salon", \.uuid)),
                status: status, version: Int64(try item.required("version", \.number?.integer)),
                series: try item.optional("series", \.uuid), expires: try item.optional("expires", \.epoch),
                zone: try item.optional("zone", \.string).flatMap { TimeZone(identifier: $0) },
                steps: try (item.optional("steps", \.array) ?? []).map(step))
        }
    }

    private static func step(_ step: JSONValue) throws(ReservationError) -> Booking.Step {
        var price: Price?
        if let amount = try step.optional("amount", \.number?.integer),
            let currency = try step.optional("currency", \.string)
        {
            price = Price(amount: amount, currency: currency)
        }
        return Booking.Step(
            staff: StaffID(try step.required("staff", \.uuid)),
            service: ServiceID(try step.required("service", \.uuid)),
            start: try step.required("start", \.epoch), end: try step.required("end", \.epoch), price: price)
    }
}

extension ReservationError {
    fileprivate static var unreadableAnswer: ReservationError { .failed("an answer of the database has another form") }

    /// An answer that this question cannot have.
    static func unexpected(_ outcome: Answer.Outcome) -> ReservationError {
        .failed("the database answered \"\(outcome.rawValue)\", which is no answer to this")
    }
}

extension JSONValue {
    fileprivate var uuid: UUID? { string.flatMap { UUID(uuidString: $0) } }

    /// Seconds since 1970, as the database writes an instant.
    fileprivate var epoch: Date? { number?.double.map { Date(timeIntervalSince1970: $0) } }

    fileprivate func required<Value>(
        _ name: String, _ convert: (JSONValue) -> Value?
    ) throws(ReservationError) -> Value {
        guard let value = try optional(name, convert) else { throw .unreadableAnswer }
        return value
    }

    /// A member that may be missing or null; it must not be anything else than it should.
    fileprivate func optional<Value>(
        _ name: String, _ convert: (JSONValue) -> Value?
    ) throws(ReservationError) -> Value? {
        guard let member = self[name], member != .null else { return nil }
        guard let value = convert(member) else { throw .unreadableAnswer }
        return value
    }
}
