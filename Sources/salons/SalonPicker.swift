import Foundation
import Reservations
import SalonStore
import Salons
import Scheduling
import Tenancy

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
                text, of: "salons", found.prefix(Self.shown).map { "\($0.id)  \($0.name), \($0.addressLine)" },
                hasMore: found.count > Self.shown))
    }

    /// The calendar of a salon. Throws a sentence where it takes no bookings.
    func roster(of salon: NamedSalon) async throws -> Roster {
        guard let roster = try await graph.calendars.rosters(of: [salon.id], scope: scope)[salon.id] else {
            throw CommandError("\(salon.name) has no calendar, so nothing can be booked there")
        }
        return roster
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

/// Picks from a few names the one that is meant.
enum NamePick {
    /// Those of this name, else those whose name begins with it, else those whose name contains it, in any case.
    static func matches<Element>(_ text: String, _ elements: [Element], name: (Element) -> String) -> [Element] {
        let text = text.lowercased()
        for isMatch in [{ $0 == text }, { $0.hasPrefix(text) }, { $0.contains(text) }] as [(String) -> Bool] {
            let found = elements.filter { isMatch(name($0).lowercased()) }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// A sentence with a candidate on each line.
    static func several(_ text: String, of kind: String, _ candidates: [String], hasMore: Bool = false) -> String {
        "'\(text)' may be any of these \(kind); name one of them in full, or give its identifier:\n"
            + candidates.map { "  \($0)" }.joined(separator: "\n") + (hasMore ? "\n  … and more" : "")
    }
}

extension Roster {
    /// The services of an identifier, a name or a part of one, or a category such as `haircut`, at least one.
    func services(named text: String) throws(CommandError) -> [SalonService] {
        if let id = ServiceID(text), let service = service(id) { return [service] }
        let named = NamePick.matches(text, services, name: \.name)
        if named.count == 1 { return named }
        if let category = ServiceCategory(rawValue: text.lowercased()) {
            let found = services.filter { $0.category == category }
            if !found.isEmpty { return found }
        }
        guard !named.isEmpty else {
            throw CommandError(
                "the salon has no service '\(text)'; it has \(services.map(\.name).joined(separator: ", "))")
        }
        return named
    }

    /// The one service meant. Throws a sentence with the candidates where there are several.
    func theService(named text: String) throws(CommandError) -> SalonService {
        let found = try services(named: text)
        guard let first = found.first, found.count == 1 else {
            throw CommandError(NamePick.several(text, of: "services", found.map { "\($0.id)  \($0.name)" }))
        }
        return first
    }

    /// Who is meant by an identifier, a name or a part of one.
    func member(named text: String) throws(CommandError) -> StaffMember {
        if let id = StaffID(text), let member = member(id) { return member }
        let found = NamePick.matches(text, staff, name: \.name)
        guard let first = found.first else {
            throw CommandError(
                "nobody called '\(text)' works in the salon; there are \(staff.map(\.name).joined(separator: ", "))")
        }
        guard found.count == 1 else {
            throw CommandError(NamePick.several(text, of: "people", found.map { "\($0.id)  \($0.name)" }))
        }
        return first
    }
}

extension Price {
    /// `450 DKK`, `39.50 EUR`.
    var text: String {
        // ISO 4217: these have no minor unit.
        if ["ISK", "JPY", "KRW"].contains(currency) { return "\(amount) \(currency)" }
        let (whole, part) = amount.quotientAndRemainder(dividingBy: 100)
        return part == 0 ? "\(whole) \(currency)" : "\(whole).\(part < 10 ? "0" : "")\(part) \(currency)"
    }
}
