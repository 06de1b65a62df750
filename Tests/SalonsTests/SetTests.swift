import Testing

@testable import Salons

struct `Sets of categories and attributes` {
    @Test func `keep one bit a word, in the order of declaration, and lose nothing`() {
        for (bit, category) in Category.allCases.enumerated() {
            #expect(CategorySet([category]).rawValue == 1 << UInt32(bit))
            #expect(CategorySet(rawValue: 1 << UInt32(bit)).categories == [category])
        }
        for (bit, attribute) in Attribute.allCases.enumerated() {
            #expect(AttributeSet([attribute]).rawValue == 1 << UInt32(bit))
            #expect(AttributeSet(rawValue: 1 << UInt32(bit)).attributes == [attribute])
        }
        for bits in UInt32(0)..<(1 << UInt32(Category.allCases.count)) {
            let set = CategorySet(rawValue: bits)
            #expect(set.categories.count == bits.nonzeroBitCount)
            #expect(CategorySet(set.categories) == set)
        }
        for bits in UInt32(0)..<(1 << UInt32(Attribute.allCases.count)) {
            #expect(AttributeSet(AttributeSet(rawValue: bits).attributes).rawValue == bits)
        }
    }

    /// The bits are in databases: a word may be appended, none may move.
    @Test func `give each word the bit that databases know it by`() {
        #expect(
            Category.allCases.prefix(15).map(\.rawValue) == [
                "hair", "barber", "beauty", "nails", "massage", "spa", "tattoo", "tanning", "foot_care",
                "hair_removal", "makeup", "piercing", "lashes", "cosmetics", "wellness",
            ])
        #expect(
            Attribute.allCases.prefix(12).map(\.rawValue) == [
                "wheelchair", "wheelchair_limited", "women", "men", "children", "walk_in", "by_appointment", "wifi",
                "cards", "parking", "home_visits", "air_conditioning",
            ])
        #expect(Category.allCases.count <= 32 && Attribute.allCases.count <= 32)
    }

    @Test func `ignore bits that no word has yet`() {
        #expect(CategorySet(rawValue: 1 << 31).categories == [])
        #expect(AttributeSet(rawValue: 1 << 31 | 1).attributes == [.wheelchair])
    }
}
