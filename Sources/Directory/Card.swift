import Geodesy

/// A salon's rendered JSON members, each beginning with a comma, so that any choice of them can be strung together.
///
/// The memory belongs to the store or the encoder that made the card.
struct Card {
    let bytes: UnsafeRawPointer
    /// Where each of the `CardFields.segmentCount` members ends; an unknown one ends where it begins.
    let ends: UnsafePointer<UInt32>

    /// Hands out the chosen members in few contiguous pieces: without braces, with commas between but not before.
    /// False when there was nothing to write.
    @discardableResult
    func write(
        fields: CardFields, distance: Meters?, leadingComma: Bool, to append: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        var written = leadingComma
        var runStart = 0
        var previousEnd = 0
        func flush(_ end: Int) {
            guard end > runStart else { return }
            let skip = written ? 0 : 1
            append(UnsafeRawBufferPointer(start: bytes + runStart + skip, count: end - runStart - skip))
            written = true
        }
        for field in 0..<CardFields.segmentCount {
            let end = Int(ends[field])
            if fields.rawValue & (1 << UInt32(field)) == 0 {
                flush(previousEnd)
                runStart = end
            }
            previousEnd = end
            if field == 3, let distance, fields.contains(.distance) {
                flush(end)
                runStart = end
                DistanceText.write(distance, leadingComma: written, to: append)
                written = true
            }
        }
        flush(previousEnd)
        return written
    }
}

/// Renders `"distance_m":412.37`, always with two decimals and rounded up, without floating-point formatting.
enum DistanceText {
    private static let key: StaticString = ",\"distance_m\":"

    static func write(_ distance: Meters, leadingComma: Bool, to append: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 40, alignment: 1) { text in
            let length = key.utf8CodeUnitCount
            text.baseAddress?.copyMemory(from: key.utf8Start, byteCount: length)
            let hundredths = UInt64(distance.hundredthsRoundedUp)
            var rest = hundredths
            var digits = 3
            var power: UInt64 = 1000
            while rest >= power {
                digits += 1
                power *= 10
            }
            let end = length + digits + 1
            for place in stride(from: end - 1, through: length, by: -1) {
                if place == end - 3 {
                    text[place] = UInt8(ascii: ".")
                } else {
                    text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
            }
            append(UnsafeRawBufferPointer(rebasing: text[(leadingComma ? 0 : 1)..<end]))
        }
    }
}
