import Directory
import Discovery
import HTTPKit
import JSON

/// Which page, and which members of each salon.
struct Page: Sendable {
    var limit: Int
    var cursor: String?
    var fields: CardFields

    static let parameters = Parameters(limit, cursor, fields) { _, limit, cursor, fields in
        Page(limit: limit.value ?? NearbyRequest.usualPage, cursor: cursor.value, fields: fields)
    }

    private static let limit = Parameter.query(
        "limit", .integer(1...NearbyRequest.longestPage), "Salons a page.", default: NearbyRequest.usualPage,
        example: .integer(NearbyRequest.usualPage), isTried: true)

    private static let cursor = Parameter.query(
        "cursor", .text(1...128, sentence: "must be 1 to 128 characters, as next_cursor gave it"),
        "`next_cursor` of the page before, with all other parameters unchanged.")

    /// Chooses the members of a salon; `id` is always there.
    static let fields = Parameters(
        Parameter.query(
            "fields",
            Codec.words(
                CardMember.allCases.map(\.rawValue), make: { CardMember(rawValue: $0) }, text: { $0.rawValue }),
            "Only these members of each salon, besides `id`, such as `name,distance_m`.",
            example: ["name", "distance_m"])
    ) { _, fields in
        guard let members = fields.value else { return CardFields.all }
        return CardFields(members.map(\.field)).union(.id)
    }
}
