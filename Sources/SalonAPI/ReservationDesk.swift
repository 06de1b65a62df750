public import Calendars
public import Foundation
public import Reservations
public import Salons
public import Scheduling

/// What the HTTP door needs to show calendars and to take reservations.
public struct ReservationDesk: Sendable {
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

    /// What reservations have met, for `/metrics`; counts only.
    var metrics: [Metric] {
        let figures = reservations.statistics
        let outcomes: [(String, Int)] = [
            ("done", figures.done), ("replayed", figures.replays), ("slot_taken", figures.slotsTaken),
            ("refused", figures.refused), ("unavailable", figures.unavailable),
        ]
        return outcomes.map { outcome, count in
            Metric(
                "salons_reservations_total", .counter, "Requests for holds, bookings and their changes.",
                labels: [("outcome", outcome)], value: Double(count))
        } + [
            Metric(
                "salons_reservation_retries_total", .counter, "Attempts after the first, with the same key.",
                value: Double(figures.retries)),
            Metric(
                "salons_reservation_deadlocks_total", .counter,
                "Deadlocks that PostgreSQL broke; alert at the first.", value: Double(figures.deadlocks)),
            Metric(
                "salons_reservation_backstop_hits_total", .counter,
                "Overlaps that only the exclusion constraint refused; alert at the first.",
                value: Double(figures.backstopHits)),
        ]
    }
}
