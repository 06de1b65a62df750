import Foundation
import Postgres
import Salons
import Scheduling

/// One call of a function of the protocol, with all that it is given.
struct ProtocolCall {
    let statement: SQL

    /// Takes time for new bookings: a hold of `lifetime` seconds, or bookings of a customer.
    /// - Parameters:
    ///   - request: the key and what was asked under it.
    ///   - bookings: the identifiers that the bookings will have, by their number in the plans.
    ///   - roster: the calendar that the plans were made by.
    ///   - start: an instant of the local day over which the load of people is compared.
    static func reserve(
        _ request: KeyedRequest, bookings: [UUID], series: UUID? = nil, roster: Roster, start: Date, plans: Plans,
        lifetime: Double? = nil, customer: Customer?
    ) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT reserve(\(request.key.text), \(Bytes(request.fingerprint)), true, \(roster.salon.rawValue),
                    \(roster.revision), make_interval(secs => \(nullable: lifetime)), \(nullable: series), \(bookings),
                    \(TimestampRange(roster.day(of: start))), \(plans.plans), \(plans.numbers), \(plans.persons),
                    \(plans.services), \(plans.ranges.map { TimestampRange($0) }), \(plans.starts), \(plans.ends),
                    \(plans.amounts), \(plans.currencies), \(plans.deadlines), \(nullable: customer?.name),
                    \(nullable: customer?.email), \(nullable: customer?.phone))
                """)
    }

    /// Makes a booking of a hold.
    static func confirm(_ request: KeyedRequest, hold: BookingID, customer: Customer) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT confirm_hold(\(request.key.text), \(Bytes(request.fingerprint)), \(hold.rawValue),
                    \(customer.name), \(nullable: customer.email), \(nullable: customer.phone))
                """)
    }

    /// Gives the time of a booking or a hold back.
    static func cancel(_ request: KeyedRequest, booking: BookingID) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT cancel_booking(\(request.key.text), \(Bytes(request.fingerprint)), \(booking.rawValue))
                """)
    }

    /// Moves a booking to the first of the plans that is free.
    static func reschedule(
        _ request: KeyedRequest, booking: BookingID, version: Int64?, roster: Roster, start: Date, plans: Plans
    ) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT reschedule_booking(\(request.key.text), \(Bytes(request.fingerprint)), true, \(booking.rawValue),
                    \(nullable: version), \(roster.salon.rawValue), \(roster.revision),
                    \(TimestampRange(roster.day(of: start))), \(plans.plans), \(plans.persons), \(plans.services),
                    \(plans.ranges.map { TimestampRange($0) }), \(plans.starts), \(plans.ends), \(plans.amounts),
                    \(plans.currencies), \(plans.deadlines))
                """)
    }

    /// Answers a move to where the booking is already.
    /// - Parameters:
    ///   - version: what the mover believes the booking's version to be.
    ///   - found: the version that it had when it was read.
    static func leave(
        _ request: KeyedRequest, booking: BookingID, version: Int64?, found: Int64
    ) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT leave_booking(\(request.key.text), \(Bytes(request.fingerprint)), \(booking.rawValue),
                    \(nullable: version), \(found))
                """)
    }

    /// Says whether a booking's customer was there.
    static func mark(
        _ request: KeyedRequest, booking: BookingID, version: Int64?, wasThere: Bool
    ) -> ProtocolCall {
        ProtocolCall(
            statement: """
                SELECT mark_attendance(\(request.key.text), \(Bytes(request.fingerprint)), \(booking.rawValue),
                    \(nullable: version), \(wasThere))
                """)
    }
}
