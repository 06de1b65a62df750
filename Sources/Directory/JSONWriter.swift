/// Writes JSON as UTF-8 into memory of its own that is used again for every card.
///
/// `@unchecked Sendable`: the memory has one owner, which cannot be copied.
struct JSONWriter: ~Copyable, @unchecked Sendable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1024) {
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    mutating func removeAll() { count = 0 }

    mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(2 * capacity, count + more)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        grown.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = grown
    }

    mutating func write(_ byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    mutating func write(_ text: StaticString) {
        write(raw: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(raw bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    /// A string in quotes. Stretches without a quote, a backslash or a control character are copied whole.
    mutating func write(string text: UnsafeRawBufferPointer) {
        write(UInt8(ascii: "\""))
        var done = 0
        var next = Self.firstSpecial(in: text, from: 0)
        while next < text.count {
            write(raw: UnsafeRawBufferPointer(rebasing: text[done..<next]))
            writeEscape(of: text[next])
            done = next + 1
            next = Self.firstSpecial(in: text, from: done)
        }
        write(raw: UnsafeRawBufferPointer(rebasing: text[done...]))
        write(UInt8(ascii: "\""))
    }

    mutating func write(string text: String) {
        var text = text
        text.withUTF8 { write(string: UnsafeRawBufferPointer($0)) }
    }

    mutating func write(integer value: Int64) {
        if value < 0 { write(UInt8(ascii: "-")) }
        write(digits: value.magnitude, atLeast: 1)
    }

    mutating func write(digits value: UInt64, atLeast minimum: Int) {
        var rest = value
        var length = 1
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        length = max(length, minimum)
        reserve(length)
        rest = value
        for place in stride(from: count + length - 1, through: count, by: -1) {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            base.storeBytes(
                of: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit), toByteOffset: place, as: UInt8.self)
            rest = quotient
        }
        count += length
    }

    /// The shortest decimal that reads back as this number, which must be finite.
    mutating func write(number value: Double) {
        // Degrees are mostly given with at most seven decimals; fewer than 16 digits always read back as themselves.
        let scaled = (value * 1e7).rounded()
        guard abs(scaled) < 1e15, scaled / 1e7 == value, scaled != 0 else {
            write(rawText: value == 0 ? "0" : value.description)
            return
        }
        if scaled < 0 { write(UInt8(ascii: "-")) }
        let (whole, part) = UInt64(abs(scaled)).quotientAndRemainder(dividingBy: 10_000_000)
        write(digits: whole, atLeast: 1)
        guard part > 0 else { return }
        var (decimals, length) = (part, 7)
        while decimals % 10 == 0 {
            decimals /= 10
            length -= 1
        }
        write(UInt8(ascii: "."))
        write(digits: decimals, atLeast: length)
    }

    private mutating func write(rawText text: String) {
        var text = text
        text.withUTF8 { write(raw: UnsafeRawBufferPointer($0)) }
    }

    private mutating func writeEscape(of byte: UInt8) {
        write(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): write(byte)
        case 0x0A: write(UInt8(ascii: "n"))
        case 0x0D: write(UInt8(ascii: "r"))
        case 0x09: write(UInt8(ascii: "t"))
        default:
            write("u00")
            write(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 15
            write(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    /// Looks at eight bytes at a time: a byte's high bit rises where it is below 0x20, a quote or a backslash.
    private static func firstSpecial(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var place = start
        while place + 8 <= text.count {
            let word = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let found =
                ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
            if found & highs != 0 { break }
            place += 8
        }
        while place < text.count {
            let byte = text[place]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { return place }
            place += 1
        }
        return place
    }
}
