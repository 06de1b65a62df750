import Catalogue
import Directory
import Discovery
import Foundation
import Geodesy
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
        let rows: [[String: Any]] = hits.compactMap { hit in
            guard let salon = salons[hit.id] else { return nil }
            var row: [String: Any] = [
                "id": hit.id.description, "tenant": salon.tenantSlug, "name": salon.name,
                "distance_m": Double(hit.key.distance.hundredthsRoundedUp) / 100,
                "location": ["lat": salon.location.latitude, "lon": salon.location.longitude],
                "categories": salon.categories.categories.map(\.rawValue),
            ]
            if !salon.addressLine.isEmpty { row["address"] = salon.addressLine }
            if let rating = salon.rating {
                row["rating"] = Double(rating.tenths) / 10
                row["rating_count"] = Int(rating.count)
            }
            return row
        }
        let data = try? JSONSerialization.data(
            withJSONObject: ["salons": rows, "has_more": hasMore],
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// Rounded up, so that the salon lies within what is printed.
    private static func text(meters: Double) -> String {
        let whole = meters.rounded(.up)
        return whole < 1_000 ? "\(Int(whole)) m" : "\((whole / 100).rounded(.up) / 10) km"
    }
}
