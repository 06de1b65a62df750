import Calendars
import Foundation
public import Salons
public import Scheduling
public import Tenancy

extension Reservations {
    /// A booking as it now is; nil when this tenant has none of this identifier.
    public func booking(_ id: BookingID, scope: TenantScope) async throws(ReservationError) -> Booking? {
        try await calls.booking(id, scope: scope)
    }

    /// The scope of the tenant that a booking belongs to: whoever knows its identifier may act on it. Nil when there is
    /// no such booking.
    public func scope(ofBooking id: BookingID) async throws(ReservationError) -> TenantScope? {
        try await calls.repeating { try await access.scope(ofBooking: id.rawValue) }
    }

    /// The scope in which a customer without an account books in a published salon; nil when no such salon is
    /// published.
    public func scope(forBookingIn salon: SalonID) async throws(ReservationError) -> TenantScope? {
        if let known = scopes[salon] { return known }
        let found = try await calls.repeating { try await access.scope(ofPublishedSalon: salon) }
        if let found { scopes.keep(found, for: salon) }
        return found
    }

    /// Free offers around the wanted time, nearest first, at most three; for steps in a row, of the first step.
    func alternatives(
        to steps: [Visit.Step], roster: Roster, scope: TenantScope
    ) async throws(ReservationError) -> [Offer] {
        guard let first = steps.min(by: { $0.start < $1.start }) else { return [] }
        let now = now()
        let start = max(now, first.start - 43_200)
        let end = first.start + 7 * 86_400
        let reading = try await calls.repeating {
            // A service and its buffers take three days at most.
            try await reader.reading(
                of: [roster.salon], from: start - 4 * 86_400, to: end + 4 * 86_400, scope: scope)
        }
        guard let roster = reading.rosters[roster.salon] else { return [] }
        return roster.nearestOffers(
            of: first.service, staff: first.staff, to: first.start, from: start, until: end, now: now,
            busy: reading.busy, limit: 3)
    }

    /// Forgets what old requests were answered; a request that is sent again after that is a new one. How many they
    /// were.
    /// - Parameters:
    ///   - age: of requests that took effect.
    ///   - refusals: of those that did not. Anybody can send any number of them, so they are not kept as long.
    public func forgetKeys(olderThan age: Duration, refusals: Duration) async throws -> Int {
        try await calls.forgetKeys(olderThan: age, refusals: refusals)
    }

    /// Forgets whom a booking was for. False when there is no such booking, or nothing to forget.
    public func eraseCustomer(of id: BookingID, scope: TenantScope) async throws(ReservationError) -> Bool {
        try await calls.erase(.booking(id), scope: scope) > 0
    }

    /// Forgets everyone with this contact, in all of the tenant's bookings; how many bookings that were.
    public func eraseCustomers(email: String, scope: TenantScope) async throws(ReservationError) -> Int {
        try await calls.erase(.email(email), scope: scope)
    }

    /// As by e-mail, by the telephone number as `Customer.phone` keeps it.
    public func eraseCustomers(phone: String, scope: TenantScope) async throws(ReservationError) -> Int {
        try await calls.erase(.phone(phone), scope: scope)
    }
}
