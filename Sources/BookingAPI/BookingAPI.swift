public import Calendars
public import Foundation
public import HTTPKit
public import Reservations
public import Salons
public import Scheduling
public import Tenancy

/// The operations of those who book: what a salon offers, holds and bookings.
///
/// A tenant's credential opens that tenant's salons only; without one, all salons and the bookings whose identifiers
/// the caller knows are open. Either way the caller is a customer, who books and moves in published salons; what is
/// booked can be read and given back whatever has become of the salon.
public struct BookingAPI: Sendable {
    let reservations: Reservations
    let calendars: CalendarReader
    let now: @Sendable () -> Date
    let onCalendarChange: @Sendable (SalonID, [StaffID]) async -> Void

    /// - Parameters:
    ///   - reservations: writes.
    ///   - calendars: reads, from the database itself.
    ///   - now: the clock of the answers; the same as that of `reservations`.
    ///   - onCalendarChange: told of everyone whose time a request has taken or freed, and where, after the commit and
    ///     before the answer goes out, so that this instance never again offers what it has just given away.
    public init(
        reservations: Reservations, calendars: CalendarReader, now: @escaping @Sendable () -> Date = { Date() },
        onCalendarChange: @escaping @Sendable (SalonID, [StaffID]) async -> Void
    ) {
        self.reservations = reservations
        self.calendars = calendars
        self.now = now
        self.onCalendarChange = onCalendarChange
    }

    /// Every operation of this door.
    public var endpoints: [Endpoint<TenantScope>] {
        [
            slots, services, staff, lookup, createHold, releaseHold, createBooking, booking, moveBooking, cancelBooking,
            eraseCustomer,
        ]
    }
}

extension Tag {
    /// What one salon offers stands beside the search for it.
    static let salons = Tag(rawValue: "Salons")
    /// Taking time, and giving it back.
    static let bookings = Tag(rawValue: "Holds and bookings")
}

extension Limits {
    /// Reading a calendar: refused before bookings are.
    static let reading = Limits(share: .one, rate: RateClass(rawValue: "search"))
    /// A customer waits at the counter, while a search can be repeated.
    static let booking = Limits(share: .two, rate: RateClass(rawValue: "booking"))
}

extension Call where Caller == TenantScope {
    /// In whose data.
    var scope: TenantScope { caller }
}
