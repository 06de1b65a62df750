import Foundation
import Geodesy
import Salons

@testable import Directory

/// Renders the card of a salon that did not come from the directory, byte for byte as the directory renders it.
enum CardEncoder {
    /// Hands out the chosen members of a salon's JSON object: without braces, commas between them. `openNow` is judged
    /// at `now`; without an instant it is not written. False when there was nothing to write.
    @discardableResult
    static func append(
        _ salon: Salon, fields: CardFields, distance: Meters?, now: Date?,
        to append: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        var written = false
        withRow(of: salon) { row in
            var renderer = CardRenderer()
            renderer.render(row)
            let ends = renderer.ends
            withUnsafeBytes(of: ends) { raw in
                guard let bytes = renderer.bytes.baseAddress, let base = raw.baseAddress else { return }
                written = Card(bytes: bytes, ends: base.assumingMemoryBound(to: UInt32.self))
                    .write(fields: fields, distance: distance, leadingComma: false, to: append)
            }
        }
        if let now, fields.contains(.openNow), let text = salon.profile.openingHours {
            let hours = HoursEntry(
                text: text, zone: salon.profile.timeZone ?? "", country: salon.profile.address.country ?? "")
            hours.rendered(at: now).withUnsafeBytes {
                guard !$0.isEmpty else { return }
                append(written ? $0 : UnsafeRawBufferPointer(rebasing: $0[1...]))
                written = true
            }
        }
        return written
    }

    /// Lends a salon as a row; the version is 0, which no card shows.
    static func withRow(of salon: Salon, _ body: (borrowing PublishedRow) -> Void) {
        let profile = salon.profile
        let address = profile.address
        let texts: [String?] = [
            salon.tenantSlug.text, profile.name, profile.timeZone, profile.openingHours, address.street,
            address.housenumber, address.floorDoor, address.postcode, address.city, address.country, profile.website,
            profile.phone,
        ]
        var arena: [UInt8] = []
        let ranges = texts.map { text in
            text.map { text in
                let start = arena.count
                arena.append(contentsOf: text.utf8)
                return start..<arena.count
            }
        }
        // One byte more, so that the buffer of an empty text still has an address.
        arena.append(0)
        arena.withUnsafeBytes { bytes in
            func slice(_ index: Int) -> UnsafeRawBufferPointer? {
                ranges[index].map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
            }
            func known(_ index: Int) -> UnsafeRawBufferPointer {
                slice(index) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            }
            body(
                PublishedRow(
                    tenant: salon.tenant.rawValue, id: salon.id.rawValue, version: 0,
                    cell: GeohashCell(profile.location).rawValue, latitude: profile.location.latitude,
                    longitude: profile.location.longitude, categoryBits: profile.categories.rawValue,
                    attributeBits: profile.attributes.rawValue, priceLevel: profile.priceLevel,
                    ratingTenths: profile.rating?.tenths, ratingCount: profile.rating?.count ?? 0,
                    tenantSlug: known(0), name: known(1), timeZone: slice(2), openingHours: slice(3), street: slice(4),
                    housenumber: slice(5), floorDoor: slice(6), postcode: slice(7), city: slice(8), country: slice(9),
                    website: slice(10), phone: slice(11)))
        }
    }
}
