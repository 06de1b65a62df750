import Directory
import Foundation
import Scheduling

/// The answer to an `AvailableRequest`, not yet written out.
public struct AvailableAnswer: Sendable {
    /// A salon and its first offer.
    struct Entry: Sendable {
        let result: SearchResult
        let hit: Hit
        let offer: Offer
        /// Seconds by which the salon's clock is ahead of UTC at the start.
        let offset: Int
    }

    let entries: [Entry]
    let fields: CardFields
    let now: Date
    let asOf: Date
    let nextCursor: String?
    let diagnosis: String?

    /// A weak validator: equal while the same salons have the same offers and nothing else of them has changed.
    public let entityTag: String

    /// Salons on this page.
    public var count: Int { entries.count }

    /// Writes the JSON object in pieces, as `NearbyAnswer` does.
    public func encode(to append: (UnsafeRawBufferPointer) -> Void) {
        func put(_ text: StaticString) {
            append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        func put(_ text: String) {
            var text = text
            text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        }
        put(#"{"salons":["#)
        var isFirst = true
        for entry in entries {
            put(isFirst ? "{" : ",{")
            isFirst = false
            let hasCard = entry.result.appendCard(of: entry.hit, fields: fields, now: now, to: append)
            if hasCard { put(",") }
            put(#""next_free_at":""#)
            put(InstantText.local(entry.offer.start, offset: entry.offset))
            put(#"","next_free_service":""#)
            put(entry.offer.service.description)
            put(#""}"#)
        }
        put(#"],"as_of":""#)
        put(InstantText.milliseconds(asOf))
        put("\"")
        if let nextCursor {
            put(#","next_cursor":""#)
            put(nextCursor)
            put("\"")
        }
        if let diagnosis {
            put(#","diagnosis":"#)
            put(diagnosis)
        }
        put("}")
    }
}
