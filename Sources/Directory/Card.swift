import Foundation
public import Geodesy

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

/// Renders `"distance_m":412.37` without floating-point formatting.
enum DistanceText {
    private static let key: StaticString = ",\"distance_m\":"

    static func write(_ distance: Meters, leadingComma: Bool, to append: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 40, alignment: 1) { text in
            let length = key.utf8CodeUnitCount
            text.baseAddress?.copyMemory(from: key.utf8Start, byteCount: length)
            let hundredths = UInt64(min(max(distance.value, 0) * 100, 1e15).rounded())
            var (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
            var digits = 1
            var power: UInt64 = 10
            while whole >= power {
                digits += 1
                power *= 10
            }
            for place in stride(from: length + digits - 1, through: length, by: -1) {
                text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole % 10)
                whole /= 10
            }
            var end = length + digits
            if part > 0 {
                text[end] = UInt8(ascii: ".")
                text[end + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part / 10)
                part %= 10
                end += 2
                if part > 0 {
                    text[end] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: part)
                    end += 1
                }
            }
            append(UnsafeRawBufferPointer(rebasing: text[(leadingComma ? 0 : 1)..<end]))
        }
    }
}
