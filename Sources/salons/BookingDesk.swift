import Calendars
import Catalogue
import Foundation
import Reservations
import Scheduling
import Tenancy

/// A booking that is asked for, with what is needed to speak of it.
struct BookingDesk {
    let reservations: Reservations
    let booking: Booking
    let scope: TenantScope
    let listing: BookingListing

    var id: BookingID { booking.id }

    /// Finds a booking: a tenant's, or without one anybody's, since its identifier is what its customer has.
    init(_ graph: ServiceGraph, booking text: String, tenant: String?) async throws {
        guard let id = BookingID(text) else {
            throw CommandError(
                "'\(text)' is not a booking's identifier, which looks like \(UUID().uuidString.lowercased())")
        }
        reservations = graph.reservations
        var scope = try await graph.scope(tenant: tenant)
        if scope == nil { scope = try await graph.reservations.scope(ofBooking: id) }
        guard let scope, let booking = try await graph.reservations.booking(id, scope: scope) else {
            throw CommandError(
                tenant.map { "tenant \($0) has no booking \(id)" } ?? "there is no booking \(id)")
        }
        self.booking = booking
        self.scope = scope
        let roster = try await graph.calendars.rosters(of: [booking.salon], scope: scope)[booking.salon]
        let salon = try await SalonNames(graph.database).salon(booking.salon, scope: scope)
        // Without a zone the times are those of UTC, and the listing says so.
        let name = salon?.name ?? "\(booking.salon)"
        listing = BookingListing(
            roster: roster, salon: booking.zone == nil ? "\(name) (its time zone is not known: times are UTC)" : name,
            time: LocalTime(zone: booking.zone ?? .gmt, now: Date()))
    }
}

extension RequestOptions {
    /// Changes a booking, and reports what became of it.
    func change(
        _ booking: String, _ common: CommonOptions,
        _ body: (BookingDesk, TenantScope) async throws -> Outcome
    ) async throws {
        try await withGraph(common) { graph in
            let desk = try await BookingDesk(graph, booking: booking, tenant: tenant)
            try desk.listing.report(try await body(desk, desk.scope))
        }
    }
}
