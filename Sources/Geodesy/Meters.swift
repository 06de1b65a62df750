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
