/// Reads the map as `data/timezones.py` writes it, which says what the bits mean.
struct ZoneMapReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var bit = 0
    /// The sets of the last leaves, the latest first, each once.
    private var recent: [Int32] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func byte() -> UInt8 {
        position += 1
        return bytes[position - 1]
    }

    /// Two bytes, the low one first.
    mutating func number() -> Int {
        let low = Int(byte())
        return low | Int(byte()) << 8
    }

    mutating func text() -> String {
        let count = Int(byte())
        position += count
        return String(decoding: bytes[(position - count)..<position], as: UTF8.self)
    }

    /// Puts a square at an index of the nodes, and its quarters, if it has any, at their end.
    mutating func unpack(into nodes: inout [Int32], at index: Int) {
        guard nextBit() == 1 else {
            nodes[index] = leaf()
            return
        }
        let first = nodes.count
        nodes[index] = ~Int32(first)
        nodes += [0, 0, 0, 0]
        for quarter in 0..<4 { unpack(into: &nodes, at: first + quarter) }
    }

    private mutating func leaf() -> Int32 {
        var place = 0
        while place < 3, nextBit() == 1 { place += 1 }
        let set = place < 3 ? recent.remove(at: place) : (0..<12).reduce(0) { set, _ in set << 1 | nextBit() }
        recent.insert(set, at: 0)
        if recent.count > 3 { recent.removeLast() }
        return set
    }

    private mutating func nextBit() -> Int32 {
        let value = bytes[position + bit / 8] >> UInt8(7 - bit % 8) & 1
        bit += 1
        return Int32(value)
    }
}
