import Foundation
import Scheduling

/// What a salon offers and who works there, for customers: names, lengths and prices, no working hours.
enum MenuDocument {
    static func services(_ roster: Roster) -> JSONValue {
        var members: [(String, JSONValue)] = [
            (
                "services",
                .array(
                    roster.services.map { service in
                        var members: [(String, JSONValue)] = [
                            ("id", .string("\(service.id)")), ("name", .string(service.name)),
                            ("category", .string(service.category.rawValue)),
                            ("duration_min", number(service.duration)),
                            ("minimum_notice_min", number(service.minimumNotice)),
                            ("horizon_days", number(service.horizon)), ("slot_step_min", number(service.slotStep)),
                        ]
                        if let price = service.price { members.append(("price", BookingDocument.price(price))) }
                        let people = roster.staff.filter { $0.skills[service.id] != nil }
                        members.append(("staff", .array(people.map { .string("\($0.id)") })))
                        return .object(members)
                    })
            )
        ]
        if roster.isZoneKnown { members.append(("time_zone", .string(roster.zone.identifier))) }
        members.append(("cancellation_window_min", number(roster.cancellationWindow)))
        return .object(members)
    }

    static func staff(_ roster: Roster) -> JSONValue {
        [
            "staff": .array(
                roster.staff.map { member in
                    let services = roster.services.compactMap { service -> JSONValue? in
                        guard let skill = member.skills[service.id] else { return nil }
                        var members: [(String, JSONValue)] = [
                            ("id", .string("\(service.id)")),
                            ("duration_min", number(skill.duration ?? service.duration)),
                        ]
                        if let price = skill.price ?? service.price {
                            members.append(("price", BookingDocument.price(price)))
                        }
                        return .object(members)
                    }
                    return [
                        "id": .string("\(member.id)"), "name": .string(member.name), "services": .array(services),
                    ]
                })
        ]
    }

    private static func number(_ value: Int) -> JSONValue { .number(Double(value)) }
}
