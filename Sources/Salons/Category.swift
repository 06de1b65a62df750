/// What a salon does. The raw value is the word used in files, parameters and answers.
///
/// The position in `allCases` is the bit in `CategorySet` and in the database's `category_bits`: append, never reorder.
public enum Category: String, Sendable, CaseIterable {
    case hair
    case barber
    case beauty
    case nails
    case massage
    case spa
    case tattoo
    case tanning
    case footCare = "foot_care"
    case hairRemoval = "hair_removal"
    case makeup
    case piercing
    case lashes
    case cosmetics
    case wellness
}

/// A set of categories in 32 bits, so that a scan tests it with one AND.
public struct CategorySet: OptionSet, Sendable, Hashable {
    /// Bit n stands for `Category.allCases[n]`.
    public let rawValue: UInt32

    /// Takes the bits as stored.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The set of the given categories.
    public init(_ categories: some Sequence<Category>) {
        self.rawValue = categories.reduce(0) { $0 | (1 << UInt32(Self.bit(of: $1))) }
    }

    /// The members in declaration order.
    public var categories: [Category] {
        Category.allCases.filter { rawValue & (1 << UInt32(Self.bit(of: $0))) != 0 }
    }

    private static func bit(of category: Category) -> Int {
        Category.allCases.firstIndex(of: category) ?? 0
    }
}
