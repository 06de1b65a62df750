import Directory
import Foundation
import JSON

/// The answer to a `NearbyRequest`, not yet written out.
public struct NearbyAnswer: Sendable {
    let result: SearchResult
    let fields: CardFields
    let now: Date
    let nextCursor: String?
    let diagnosis: Diagnosis?
    let request: NearbyRequest

    /// A weak validator: equal while neither the directory nor the minute, on which opening hours may change, has
    /// moved.
    public let entityTag: String

    /// Salons on this page.
    public var count: Int { result.hits.count }

    /// Writes the JSON object in pieces, mostly copies of what the directory keeps rendered. The pieces are valid only
    /// during the call.
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
        for hit in result.hits {
            put(isFirst ? "{" : ",{")
            isFirst = false
            result.appendCard(of: hit, fields: fields, now: now, to: append)
            put("}")
        }
        put(#"],"as_of":""#)
        put(InstantText.milliseconds(now))
        put("\"")
        if let nextCursor {
            put(#","next_cursor":""#)
            put(nextCursor)
            put("\"")
        }
        if let diagnosis {
            put(#","diagnosis":"#)
            put(DiagnosisText.json(diagnosis, request: request).description)
        }
        put("}")
    }
}

/// An answer written out.
public struct EncodedAnswer: Sendable {
    /// UTF-8 JSON.
    public let bytes: [UInt8]
    /// A validator for `If-None-Match`.
    public let entityTag: String
}
