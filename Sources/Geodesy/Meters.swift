/// A length in metres.
@frozen
public struct Meters: Sendable, Hashable {
    /// The number of metres.
    public var value: Double

    /// Takes any number; whoever needs a length that is finite or not negative checks it.
    @inlinable
    public init(_ value: Double) {
        self.value = value
    }
}

extension Meters {
    /// Whole hundredths of a metre, rounded up, from 0 to 10¹⁵: as a radius they still hold what lies at this distance,
    /// which the nearest hundredth would leave outside in half of all cases.
    public var hundredthsRoundedUp: Int64 {
        let metres = min(max(value, 0), 1e13)
        var hundredths = (metres * 100).rounded(.up)
        // The product is rounded, so it may be one off to either side.
        if hundredths / 100 < metres { hundredths += 1 }
        if (hundredths - 1) / 100 >= metres { hundredths -= 1 }
        return Int64(hundredths)
    }
}

extension Meters: Comparable {
    /// The order of the values; NaN is in none.
    @inlinable
    public static func < (left: Meters, right: Meters) -> Bool { left.value < right.value }
}

extension Meters: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A literal counts metres, as in `let radius: Meters = 12.5`.
    @inlinable
    public init(floatLiteral value: Double) { self.init(value) }

    /// A literal counts metres, as in `let radius: Meters = 500`.
    @inlinable
    public init(integerLiteral value: Int64) { self.init(Double(value)) }
}

extension Meters: CustomStringConvertible {
    /// The number with its unit, as in `12.5 m`.
    public var description: String { "\(value) m" }
}
