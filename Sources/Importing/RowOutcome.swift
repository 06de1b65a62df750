public import Catalogue

/// Why a row was rejected.
public struct RejectReason: Error, Sendable, Hashable, CustomStringConvertible {
    /// What reports count by.
    public enum Kind: String, Sendable, CaseIterable {
        /// The row could not be taken apart.
        case malformed
        case missingName = "missing_name"
        /// A name of more than 300 code points.
        case nameTooLong = "name_too_long"
        /// A name in which nothing can be seen.
        case invisibleName = "invisible_name"
        /// Another cell that is longer than what its column is for.
        case textTooLong = "text_too_long"
        /// A character that commands a terminal or reorders text, such as ESC or U+202E.
        case controlCharacter = "control_character"
        case missingPosition = "missing_position"
        /// A position that is not two decimal numbers.
        case invalidNumber = "invalid_number"
        case outOfRange = "out_of_range"
        /// Latitude and longitude are both zero: a missing position that was filled in.
        case nullIsland = "null_island"
        case swapped
        /// The position is hundreds of kilometres from all that is counted to the row's country.
        case outsideCountry = "outside_country"
        case farFromPostcode = "far_from_postcode"
        case invalidPostcode = "invalid_postcode"
        case duplicateReference = "duplicate_source_ref"
        /// A position that has no counterpart on WGS 84.
        case transformation
    }

    /// What reports count by.
    public let kind: Kind
    /// The sentence with the row's own values.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// What is wrong with a part of a row that is accepted without that part, or after a repair.
public enum ImportWarning: String, Sendable, CaseIterable {
    /// A field that is not UTF-8, read as Windows-1252.
    case notUTF8 = "not_utf8"
    /// A field that was encoded as UTF-8 twice, repaired.
    case doubleEncoded = "double_encoded"
    /// A NUL character, taken out.
    case nulRemoved = "nul_removed"
    case unknownCategory = "unknown_category"
    case unknownAttribute = "unknown_attribute"
    case invalidPrice = "invalid_price_level"
    case invalidRating = "invalid_rating"
    case invalidWebsite = "invalid_website"
    case invalidCountry = "invalid_country"
    case invalidTimeZone = "invalid_timezone"
    /// Opening hours that are not understood, kept as text.
    case openingHoursNotUnderstood = "opening_hours_not_understood"
    /// A Danish postcode that is not in use; the distance to it could not be checked.
    case unknownPostcode = "unknown_postcode"
    /// Neither the row nor its position says for certain which time zone holds, so that it is not known.
    case unknownTimeZone = "unknown_timezone"
    /// The position is near the row's country, not in it.
    case outsideCountry = "outside_country"
    /// Line ends and tabs within a cell, made spaces.
    case whiteSpaceReplaced = "white_space_replaced"
    /// Invisible marks of the direction of text, taken out.
    case directionMarkRemoved = "direction_mark_removed"
}

extension ImportWarning {
    /// What is said of a cell's text, which its reader repaired.
    var repair: String {
        switch self {
        case .notUTF8: "a cell is not UTF-8 and was read as Windows-1252"
        case .doubleEncoded: "a cell was encoded as UTF-8 twice and has been repaired"
        case .nulRemoved: "a NUL character was taken out of a cell"
        default: rawValue
        }
    }
}

/// What is said of one row of a file.
public struct RowRemark: Sendable, Hashable {
    /// The row's line in the file, as ``SourceRow/line``.
    public let line: Int
    /// The sentence with the row's own values.
    public let text: String
}

/// How a row ends.
public enum RowOutcome: Sendable, Hashable {
    case accepted(ImportedSalon)
    case rejected(RejectReason)
}
