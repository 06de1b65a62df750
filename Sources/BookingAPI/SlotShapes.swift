import Foundation
import HTTPKit
import JSON
import Salons
import Scheduling

/// What can be had, as answers tell it: in the salon's local time, or in UTC where its zone is not known.
enum SlotShapes {
    /// An identifier in an answer.
    static let uuid = Codec<String>.text(words: [("format", "uuid")])

    /// One service by one person at one time.
    struct Part: Sendable {
        var service: ServiceID
        var staff: StaffID
        var start: Date
        var end: Date
        var price: Price?
        var zone: TimeZone?

        init(_ offer: Offer, in zone: TimeZone?) {
            self.init(
                service: offer.service, staff: offer.staff, start: offer.start, end: offer.end, price: offer.price,
                zone: zone)
        }

        init(service: ServiceID, staff: StaffID, start: Date, end: Date, price: Price?, zone: TimeZone?) {
            self.service = service
            self.staff = staff
            self.start = start
            self.end = end
            self.price = price
            self.zone = zone
        }
    }

    /// One offer, or several that are had together.
    struct Slot: Sendable {
        var parts: [Part]

        init(_ offers: [Offer], in zone: TimeZone?) {
            parts = offers.map { Part($0, in: zone) }
        }

        /// The offer, if there is one only.
        var single: Part? { parts.count == 1 ? parts.first : nil }
        var zone: TimeZone? { parts.first?.zone }
        var start: Date { parts.map(\.start).min() ?? .distantPast }
        var end: Date { parts.map(\.end).max() ?? .distantPast }
    }

    static let price = Shape<Price>([
        Property("amount", .integer(from: 0), "Minor units: øre, cents.") { $0.amount },
        Property(
            "currency", .text(words: [("minLength", 3), ("maxLength", 3)]), "ISO 4217."
        ) { $0.currency },
    ]).named("Price")

    static let step = Shape<Part>([
        Property("service", uuid) { "\($0.service)" },
        Property("staff", uuid) { "\($0.staff)" },
        Property("start", .local) { LocalInstant($0.start, in: $0.zone) },
        Property("end", .local) { LocalInstant($0.end, in: $0.zone) },
        .optional("price", price) { $0.price },
    ]).named("Step")

    static let slot = Shape<Slot>(
        [
            .optional("service", uuid) { $0.single.map { "\($0.service)" } },
            .optional("staff", uuid) { $0.single.map { "\($0.staff)" } },
            Property("start", .local) { LocalInstant($0.start, in: $0.zone) },
            Property("end", .local) { LocalInstant($0.end, in: $0.zone) },
            .optional("price", price) { total($0.parts.map(\.price)) },
            .optional("steps", .list(of: step)) { $0.single == nil ? $0.parts : nil },
        ], description: "An offer: of one service, or of several `steps` that are had together."
    ).named("Slot")

    /// The sum, if all prices are known and of one currency.
    static func total(_ prices: [Price?]) -> Price? {
        let known = prices.compactMap { $0 }
        guard known.count == prices.count, let first = known.first, known.allSatisfy({ $0.currency == first.currency })
        else { return nil }
        return Price(amount: known.reduce(0) { $0 + $1.amount }, currency: first.currency)
    }
}
