/// SplitMix64: the same seed gives the same numbers on every machine and in every version. Not for secrets.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Begins the sequence of a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not including, `count`. The standard library's own choice may change between versions.
    public mutating func index(_ count: Int) -> Int {
        precondition(count > 0, "there must be something to choose from")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// From 0 up to, but not including, 1.
    public mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// One of several; there must be one.
    public mutating func element<Element>(_ elements: [Element]) -> Element {
        elements[index(elements.count)]
    }
}
