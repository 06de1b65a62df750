/// A property that a customer may insist on. The raw value is the word used in files, parameters and answers.
///
/// The position in `allCases` is the bit in `AttributeSet` and in the database's `attribute_bits`: append, never
/// reorder.
public enum Attribute: String, Sendable, CaseIterable {
    case wheelchair
    case wheelchairLimited = "wheelchair_limited"
    case women
    case men
    case children
    case walkIn = "walk_in"
    case byAppointment = "by_appointment"
    case wifi
    case cards
    case parking
    case homeVisits = "home_visits"
    case airConditioning = "air_conditioning"
}

/// A set of attributes in 32 bits, so that a scan tests it with one AND.
public struct AttributeSet: OptionSet, Sendable, Hashable {
    /// Bit n stands for `Attribute.allCases[n]`.
    public let rawValue: UInt32

    /// Takes the bits as stored.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The set of the given attributes.
    public init(_ attributes: some Sequence<Attribute>) {
        self.rawValue = attributes.reduce(0) { $0 | (1 << UInt32(Self.bit(of: $1))) }
    }

    /// The members in declaration order.
    public var attributes: [Attribute] {
        Attribute.allCases.filter { rawValue & (1 << UInt32(Self.bit(of: $0))) != 0 }
    }

    private static func bit(of attribute: Attribute) -> Int {
        Attribute.allCases.firstIndex(of: attribute) ?? 0
    }
}
