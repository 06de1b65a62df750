public import Foundation

/// When one staff member is free on one UTC day: 288 bits, bit i for the whole of [day + 5i min, day + 5i + 5 min).
public struct AvailabilitySheet: Sendable, Hashable {
    /// Steps of a day.
    public static let stepCount = 288
    /// Bytes of the serialised form.
    public static let byteCount = 36

    private var words: (UInt64, UInt64, UInt64, UInt64, UInt64)

    /// Nothing is free.
    public init() {
        words = (0, 0, 0, 0, 0)
    }

    /// A day of a longer stretch, which must contain it.
    public init(_ bits: StepBits, day: UTCDay) {
        self.init()
        let offset = day.number * Self.stepCount - bits.start
        precondition(offset >= 0 && offset + Self.stepCount <= bits.count, "the day lies within")
        withWords { words in
            for index in 0..<5 {
                let bit = offset + index * 64
                let shift = UInt64(bit & 63)
                let low = bits.words[bit >> 6]
                let high = (bit >> 6) + 1 < bits.words.count ? bits.words[(bit >> 6) + 1] : 0
                words[index] = shift == 0 ? low : low >> shift | high << (64 - shift)
            }
            words[4] &= 0xFFFF_FFFF
        }
    }

    /// Free where somebody works and is not busy; a step that is only partly so is not free.
    public init(day: UTCDay, working: [Range<Date>], busy: [Range<Date>]) {
        self.init(StepBits(working: working, busy: busy, from: day, days: 1), day: day)
    }

    /// Reads the serialised form; nil unless it is 36 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init()
        withWords { words in
            for (index, byte) in bytes.enumerated() { words[index >> 3] |= UInt64(byte) << UInt64(8 * (index & 7)) }
        }
    }

    /// 36 bytes, bit i in byte i / 8, lowest first.
    public var bytes: [UInt8] {
        var copy = self
        return copy.withWords { words in
            (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: words[$0 >> 3] >> UInt64(8 * ($0 & 7))) }
        }
    }

    /// Whether step i of the day is free.
    public subscript(step: Int) -> Bool {
        guard (0..<Self.stepCount).contains(step) else { return false }
        var copy = self
        return copy.withWords { $0[step >> 6] & (1 << UInt64(step & 63)) != 0 }
    }

    /// Free here or there.
    public mutating func formUnion(_ other: AvailabilitySheet) {
        words.0 |= other.words.0
        words.1 |= other.words.1
        words.2 |= other.words.2
        words.3 |= other.words.3
        words.4 |= other.words.4
    }

    /// Free here and there.
    public mutating func formIntersection(_ other: AvailabilitySheet) {
        words.0 &= other.words.0
        words.1 &= other.words.1
        words.2 &= other.words.2
        words.3 &= other.words.3
        words.4 &= other.words.4
    }

    mutating func withWords<R>(_ body: (UnsafeMutableBufferPointer<UInt64>) -> R) -> R {
        withUnsafeMutableBytes(of: &words) { body($0.bindMemory(to: UInt64.self)) }
    }

    /// The same bits.
    public static func == (left: AvailabilitySheet, right: AvailabilitySheet) -> Bool { left.words == right.words }

    /// Hashes the bits.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
        hasher.combine(words.4)
    }
}

extension StepBits {
    /// Free steps of whole UTC days: those that lie wholly in working time and that nothing touches.
    public init(working: [Range<Date>], busy: [Range<Date>], from day: UTCDay, days: Int) {
        self.init(start: day.number * AvailabilitySheet.stepCount, count: days * AvailabilitySheet.stepCount)
        for range in working { set(within: range) }
        for range in busy { clear(touching: range) }
    }

    /// Sheets of consecutive days, the first of which is `day`.
    public init(_ sheets: [AvailabilitySheet], from day: UTCDay) {
        self.init(
            start: day.number * AvailabilitySheet.stepCount, count: sheets.count * AvailabilitySheet.stepCount)
        for (number, sheet) in sheets.enumerated() {
            var sheet = sheet
            sheet.withWords { source in
                for index in 0..<5 {
                    let bit = number * AvailabilitySheet.stepCount + index * 64
                    let shift = UInt64(bit & 63)
                    words[bit >> 6] |= source[index] << shift
                    if shift != 0, (bit >> 6) + 1 < words.count {
                        words[(bit >> 6) + 1] |= source[index] >> (64 - shift)
                    }
                }
            }
        }
    }
}
