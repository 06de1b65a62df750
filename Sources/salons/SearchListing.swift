import Catalogue
import Directory
import Discovery
import Foundation
import Geodesy
import JSON
import Salons

/// The answer of `salons search`.
struct SearchListing {
    let hits: [SalonHit]
    let salons: [SalonID: PublishedSalon]
    let hasMore: Bool

    var text: String {
        guard !hits.isEmpty else { return "No salon meets these conditions." }
        var table = TextTable([
            .init(title: "Distance", alignsRight: true), .init(title: "Name"), .init(title: "Address"),
            .init(title: "Categories", maximumWidth: 24), .init(title: "Rating", alignsRight: true),
            .init(title: "Tenant", maximumWidth: 20),
        ])
        for hit in hits {
            guard let salon = salons[hit.id] else { continue }
            table.append([
                Self.text(meters: hit.key.distance.value), salon.name, salon.addressLine,
                salon.categories.categories.map(\.rawValue).joined(separator: ", "),
                salon.rating.map { "\(Double($0.tenths) / 10)" } ?? "", salon.tenantSlug,
            ])
        }
        return table.text + (hasMore ? "\n… and more; --limit shows them" : "")
    }

    var json: String {
        let rows = hits.compactMap { hit in salons[hit.id].map { Self.json(hit, $0) } }
        return JSONValue.object([.init("salons", .array(rows)), .init("has_more", .bool(hasMore))]).layout(spreading: 3)
    }

    private static func json(_ hit: SalonHit, _ salon: PublishedSalon) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(hit.id.description)), .init("tenant", .string(salon.tenantSlug)),
            .init("name", .string(salon.name)),
            .init("distance_m", .number(Double(hit.key.distance.hundredthsRoundedUp) / 100)),
            .init("location", ["lat": .number(salon.location.latitude), "lon": .number(salon.location.longitude)]),
            .init("categories", .array(salon.categories.categories.map { .string($0.rawValue) })),
        ]
        if !salon.addressLine.isEmpty { members.append(.init("address", .string(salon.addressLine))) }
        if let rating = salon.rating {
            members.append(.init("rating", .number(Double(rating.tenths) / 10)))
            members.append(.init("rating_count", .integer(rating.count)))
        }
        return .object(members)
    }

    /// Rounded up, so that the salon lies within what is printed.
    private static func text(meters: Double) -> String {
        let whole = meters.rounded(.up)
        return whole < 1_000 ? "\(Int(whole)) m" : "\((whole / 100).rounded(.up) / 10) km"
    }
}
