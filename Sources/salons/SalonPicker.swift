import Calendars
import Catalogue
import Foundation
import Salons
import Scheduling
import Tenancy

extension NamedSalon {
    /// The zone of its local times. Throws a sentence where it is not known.
    var zone: TimeZone {
        get throws(CommandError) {
            guard let zone = timeZone.flatMap({ TimeZone(identifier: $0) }) else {
                throw CommandError("\(name): \(BookingRefusal.unknownTimeZoneText)")
            }
            return zone
        }
    }
}

/// Finds what a person at a terminal means by a few letters of a name.
struct SalonPicker {
    let graph: ServiceGraph
    /// The marketplace, where published salons are seen, or a tenant.
    let scope: TenantScope

    private static let shown = 10

    /// In the scope of the tenant named, or in the marketplace's.
    init(_ graph: ServiceGraph, tenant: String?) async throws {
        self.graph = graph
        scope = try await graph.scope(tenant: tenant) ?? .marketplace
    }

    /// The salon of an identifier or a part of a name. Throws a sentence with the candidates where there are several.
    func salon(_ text: String) async throws -> NamedSalon {
        let names = SalonNames(graph.database)
        if let id = SalonID(text) {
            if let salon = try await names.salon(id, scope: scope) { return salon }
            throw CommandError("there is no \(kind) with the identifier \(id)")
        }
        let found = try await names.salons(named: text, scope: scope, limit: Self.shown + 1)
        guard let first = found.first else {
            throw CommandError("there is no \(kind) whose name contains '\(text)'")
        }
        guard found.count > 1 else { return first }
        throw CommandError(
            NamePick.several(
                text, of: "salons", found.prefix(Self.shown).map { "\($0.id)  \($0.line)" },
                hasMore: found.count > Self.shown))
    }

    /// The calendar of a salon. Throws a sentence where it takes no bookings.
    func roster(of salon: NamedSalon) async throws -> Roster {
        guard let roster = try await graph.calendars.rosters(of: [salon.id], scope: scope)[salon.id] else {
            throw Self.noCalendar(salon)
        }
        return roster
    }

    /// What is said of a salon that takes no bookings yet.
    static func noCalendar(_ salon: NamedSalon) -> CommandError {
        CommandError("\(salon.name) has no calendar, so nothing can be booked there; \(CalendarCommand.advice)")
    }

    private var kind: String { scope.tenant == nil ? "published salon" : "salon of this tenant" }
}

extension ServiceGraph {
    /// The scope of a tenant that an operator names; nil where none is named.
    func scope(tenant: String?) async throws -> TenantScope? {
        guard let tenant else { return nil }
        guard let slug = TenantSlug(tenant) else { throw CommandError("'\(tenant)' is not a tenant's slug") }
        return try await resolver.commandLineScope(tenant: slug)
    }
}
