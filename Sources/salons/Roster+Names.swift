import Scheduling

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
                "the salon has no service '\(text)'; it has \(services.map(\.name.onOneLine).joined(separator: ", "))")
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
                "nobody called '\(text)' works in the salon; there are \(staff.map(\.name.onOneLine).joined(separator: ", "))"
            )
        }
        guard found.count == 1 else {
            throw CommandError(NamePick.several(text, of: "people", found.map { "\($0.id)  \($0.name)" }))
        }
        return first
    }
}
