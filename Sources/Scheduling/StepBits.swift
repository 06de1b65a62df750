public import Foundation

/// A bit for each of consecutive steps of 5 minutes of absolute time.
///
/// Daylight saving is settled before a bit is set, so that an hour is twelve steps on every day of the year.
public struct StepBits: Sendable, Hashable {
    /// Minutes of a step.
    public static let stepMinutes = 5
    static let stepSeconds = 300

    /// The step of bit 0, counted from 1970-01-01 00:00 UTC.
    public let start: Int
    /// How many steps there are.
    public let count: Int
    var words: [UInt64]

    /// No bit set.
    public init(start: Int, count: Int) {
        self.start = start
        self.count = max(count, 0)
        words = [UInt64](repeating: 0, count: (self.count + 63) / 64)
    }

    /// The step in which an instant lies.
    public static func step(of instant: Date) -> Int { step(of: instant, .down) }

    /// The first step that begins at an instant or after it.
    public static func step(notBefore instant: Date) -> Int { step(of: instant, .up) }

    private static func step(of instant: Date, _ rule: FloatingPointRoundingRule) -> Int {
        // An end that is never is a step beyond all others, and far enough from the largest number to count on.
        Int(max(-1e15, min((instant.timeIntervalSince1970 / Double(stepSeconds)).rounded(rule), 1e15)))
    }

    /// When a step begins.
    public static func instant(of step: Int) -> Date {
        Date(timeIntervalSince1970: Double(step) * Double(stepSeconds))
    }

    /// Whether the bit of a step is set; a step outside is not.
    public subscript(step: Int) -> Bool {
        let bit = step - start
        guard bit >= 0, bit < count else { return false }
        return words[bit >> 6] & (1 << UInt64(bit & 63)) != 0
    }

    /// Whether no bit is set.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Sets the steps that lie wholly within a range.
    public mutating func set(within range: Range<Date>) {
        fill(
            Self.step(
                notBefore: range.lowerBound)..<max(
                    Self.step(of: range.upperBound), Self.step(notBefore: range.lowerBound)), with: true)
    }

    /// Clears the steps that a range touches.
    public mutating func clear(touching range: Range<Date>) {
        guard !range.isEmpty else { return }
        fill(Self.step(of: range.lowerBound)..<Self.step(notBefore: range.upperBound), with: false)
    }

    private mutating func fill(_ steps: Range<Int>, with value: Bool) {
        var bit = max(steps.lowerBound - start, 0)
        let end = min(steps.upperBound - start, count)
        while bit < end {
            let inWord = bit & 63
            let length = min(64 - inWord, end - bit)
            let ones: UInt64 = length == 64 ? ~0 : (1 << UInt64(length)) - 1
            let mask = ones << UInt64(inWord)
            if value { words[bit >> 6] |= mask } else { words[bit >> 6] &= ~mask }
            bit += length
        }
    }

    /// The first set step in a range; nil when there is none.
    public func first(in steps: Range<Int>) -> Int? {
        var bit = max(steps.lowerBound - start, 0)
        let end = min(steps.upperBound - start, count)
        guard bit < end else { return nil }
        var word = words[bit >> 6] & (~0 << UInt64(bit & 63))
        while true {
            if word != 0 {
                let found = (bit & ~63) + word.trailingZeroBitCount
                return found < end ? start + found : nil
            }
            bit = (bit & ~63) + 64
            guard bit < end else { return nil }
            word = words[bit >> 6]
        }
    }

    /// The steps at which `length` steps in a row are set, by doubling: a run of 2n is two runs of n, n apart.
    public func runs(of length: Int) -> StepBits {
        guard length > 1 else { return self }
        guard length <= count else { return StepBits(start: start, count: count) }
        var result = self
        var reached = 1
        while reached < length {
            let shift = min(reached, length - reached)
            result.intersectWithItself(shiftedDownBy: shift)
            reached += shift
        }
        return result
    }

    private mutating func intersectWithItself(shiftedDownBy shift: Int) {
        let (words, bits) = (shift >> 6, UInt64(shift & 63))
        for index in self.words.indices {
            let low = index + words < self.words.count ? self.words[index + words] : 0
            let high = index + words + 1 < self.words.count ? self.words[index + words + 1] : 0
            self.words[index] &= bits == 0 ? low : low >> bits | high << (64 - bits)
        }
    }

    /// The same bits, each `shift` steps later; those that leave the end are lost.
    public func delayed(by shift: Int) -> StepBits {
        guard shift > 0 else { return self }
        var result = StepBits(start: start, count: count)
        let (words, bits) = (shift >> 6, UInt64(shift & 63))
        for index in result.words.indices.reversed() where index >= words {
            let high = self.words[index - words]
            let low = index - words >= 1 ? self.words[index - words - 1] : 0
            result.words[index] = bits == 0 ? high : high << bits | low >> (64 - bits)
        }
        result.trim()
        return result
    }

    /// Bits set here or there; both cover the same steps.
    public mutating func formUnion(_ other: StepBits) {
        precondition(start == other.start && count == other.count, "the same steps")
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Bits set here and there; both cover the same steps.
    public mutating func formIntersection(_ other: StepBits) {
        precondition(start == other.start && count == other.count, "the same steps")
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// The same bits, each `shift` steps earlier; those that leave the beginning are lost.
    func advanced(by shift: Int) -> StepBits {
        guard shift > 0 else { return self }
        var result = StepBits(start: start, count: count)
        let (words, bits) = (shift >> 6, UInt64(shift & 63))
        for index in result.words.indices where index + words < self.words.count {
            let low = self.words[index + words]
            let high = index + words + 1 < self.words.count ? self.words[index + words + 1] : 0
            result.words[index] = bits == 0 ? low : low >> bits | high << (64 - bits)
        }
        return result
    }

    /// The bits of some steps; all others are cleared.
    func limited(to steps: Range<Int>) -> StepBits {
        var result = self
        result.fill(start..<max(start, steps.lowerBound), with: false)
        result.fill(steps.upperBound..<max(steps.upperBound, start + count), with: false)
        return result
    }

    mutating func set(_ step: Int) {
        let bit = step - start
        guard bit >= 0, bit < count else { return }
        words[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    private mutating func trim() {
        let rest = count & 63
        if rest != 0, let last = words.indices.last { words[last] &= (1 << UInt64(rest)) - 1 }
    }
}
