/// What the first bytes of a CSV file show.
struct CSVDialect {
    /// Bytes to look at.
    static let sampleSize = 65_536

    let encoding: String
    /// Length of the byte order mark.
    let prefix: Int
    let delimiter: UInt8

    /// Throws ``ImportingError/encoding(_:)`` for UTF-16 and UTF-32.
    init(head: [UInt8]) throws(ImportingError) {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
            || head.starts(with: [0, 0, 0xFE, 0xFF])
        {
            throw .encoding("UTF-16 or UTF-32")
        }
        prefix = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let sample = head.dropFirst(prefix)
        if sample.prefix(200).count(where: { $0 == 0 }) > sample.prefix(200).count / 4 {
            throw .encoding("UTF-16 without a byte order mark")
        }
        // The last character of a sample that is not the whole file may be cut.
        let longestCut = head.count < Self.sampleSize ? 0 : 3
        let isUTF8 = (0...longestCut).contains { String(validating: sample.dropLast($0), as: UTF8.self) != nil }
        encoding = prefix > 0 ? "UTF-8 with BOM" : isUTF8 ? "UTF-8" : "Windows-1252"
        delimiter = Self.delimiter(of: sample)
    }

    /// The candidate that cuts most of the first lines into as many fields as the first, and into most fields.
    private static func delimiter(of sample: ArraySlice<UInt8>) -> UInt8 {
        var best: (score: Int, delimiter: UInt8) = (0, 44)
        for candidate in [UInt8(44), 59, 9, 124] {
            var counts = [0]
            var quoted = false
            for byte in sample where counts.count <= 20 {
                if byte == 34 { quoted.toggle() }
                if quoted { continue }
                if byte == 10 { counts.append(0) } else if byte == candidate { counts[counts.count - 1] += 1 }
            }
            if counts.count > 1 { counts.removeLast() }
            let score = counts[0] * counts.count(where: { $0 == counts[0] })
            if score > best.score { best = (score, candidate) }
        }
        return best.delimiter
    }
}
