import Foundation
import HTTPKit
import JSON
import Salons
import Scheduling

/// What a salon offers and who works there, for customers: names, lengths and prices, no working hours.
enum MenuShapes {
    private static let minutes = Codec<Int>.integer(from: 0)

    /// A service of one salon.
    private struct Item: Sendable {
        var service: SalonService
        var staff: [StaffID]
    }

    private static let item = Shape<Item>([
        Property("id", SlotShapes.uuid) { "\($0.service.id)" },
        Property("name", .text()) { $0.service.name },
        Property("category", Codec<ServiceCategory>.word()) { $0.service.category },
        Property("duration_min", minutes) { $0.service.duration },
        Property("minimum_notice_min", minutes) { $0.service.minimumNotice },
        Property("horizon_days", minutes, "Local dates after today's, on the last of which it can still start.") {
            $0.service.horizon
        },
        Property("slot_step_min", minutes, "Starts are a multiple of this after the person's shift begins.") {
            $0.service.slotStep
        },
        .optional("price", SlotShapes.price) { $0.service.price },
        Property("staff", .list(of: Shape(SlotShapes.uuid))) { $0.staff.map { "\($0)" } },
    ])

    static let services = Shape<Roster>([
        Property("services", .list(of: item)) { roster in
            roster.services.map { service in
                Item(service: service, staff: roster.staff.filter { $0.skills[service.id] != nil }.map(\.id))
            }
        },
        .optional("time_zone", zone) { $0.isZoneKnown ? $0.zone.identifier : nil },
        Property(
            "cancellation_window_min", minutes,
            "Minutes before the start until which a booking can be cancelled or moved."
        ) { $0.cancellationWindow },
    ]).named("ServiceList")

    /// An IANA name.
    static let zone = Codec<String>.text(words: [("description", "IANA name; missing where it is not known.")])

    /// What one person does.
    private struct Craft: Sendable {
        var service: ServiceID
        var duration: Int
        var price: Price?
    }

    private struct Person: Sendable {
        var member: StaffMember
        var crafts: [Craft]
    }

    private static let craft = Shape<Craft>([
        Property("id", SlotShapes.uuid) { "\($0.service)" },
        Property("duration_min", minutes) { $0.duration },
        .optional("price", SlotShapes.price) { $0.price },
    ])

    private static let person = Shape<Person>([
        Property("id", SlotShapes.uuid) { "\($0.member.id)" },
        Property("name", .text()) { $0.member.name },
        Property("services", .list(of: craft)) { $0.crafts },
    ])

    static let staff = Shape<Roster>([
        Property("staff", .list(of: person)) { roster in
            roster.staff.map { member in
                Person(
                    member: member,
                    crafts: roster.services.compactMap { service in
                        member.skills[service.id].map {
                            Craft(
                                service: service.id, duration: $0.duration ?? service.duration,
                                price: $0.price ?? service.price)
                        }
                    })
            }
        }
    ]).named("StaffList")
}
