import Directory
import Foundation
import HTTPKit
import JSON
import Salons

/// Which salons.
struct Wanted: Sendable {
    var filter: SalonFilter
    var openNow: Bool

    static let parameters = Parameters(
        category, exclude, attributes, rating, price, openNow, openAt
    ) { faults, category, exclude, attributes, rating, price, openNow, openAt in
        var filter = SalonFilter()
        filter.categories = CategorySet(category.value ?? [])
        filter.excludedCategories = CategorySet(exclude.value ?? [])
        if !filter.categories.isDisjoint(with: filter.excludedCategories) {
            faults.add("exclude", "contradicts category: a category cannot be both wanted and excluded")
        }
        filter.attributes = AttributeSet(attributes.value ?? [])
        if let rating = rating.value { filter.minimumRatingTenths = Int16((rating * 10).rounded()) }
        filter.priceLevels = (price.value ?? []).reduce(0) { $0 | 1 << UInt8($1) }
        filter.openAt = openAt.value
        if openNow.value == true, openAt.isPresent {
            faults.add("open_at", "contradicts open_now; give one of the two")
        }
        return Wanted(filter: filter, openNow: openNow.value ?? false)
    }

    private static let category = Parameter.query(
        "category", .categories, "Salons of any of these categories, such as `hair,nails`.", example: ["hair"])

    private static let exclude = Parameter.query(
        "exclude", .categories, "No salons of any of these categories, such as `tattoo`.", example: ["tattoo"])

    private static let attributes = Parameter.query(
        "attributes",
        Codec.words(Attribute.allCases.map(\.rawValue), make: { Attribute(rawValue: $0) }, text: { $0.rawValue }),
        "Salons with all of these properties, such as `wheelchair`.", example: ["wheelchair"])

    private static let rating = Parameter.query(
        "min_rating",
        .decimal(
            0...5, sentence: "must be a number from 0 to 5 with at most one decimal",
            where: { ($0 * 10).rounded() / 10 == $0 }, words: [("multipleOf", 0.1)]),
        "At least this mean rating, at most one decimal. Unrated salons do not pass.", example: 4)

    private static let price = Parameter.query(
        "price", Codec.list(of: .digit(1...4), isUnique: true),
        "Salons of these price levels, such as `1,2`. Salons of unknown price do not pass.", example: [1, 2])

    private static let openNow = Parameter.query(
        "open_now", .boolean,
        "Only salons that are known to be open now, none whose hours are not known. Not with `open_at`.",
        example: true)

    private static let openAt = Parameter.query(
        "open_at", .instant, "Only salons that are known to be open at this instant, RFC 3339 with offset.",
        example: Examples.placeholder("moment"))
}

extension Codec where Value == [Salons.Category] {
    fileprivate static var categories: Codec {
        .words(
            Salons.Category.allCases.map(\.rawValue), make: { Salons.Category(rawValue: $0) }, text: { $0.rawValue })
    }
}
