/// Why a row was rejected.
public struct RejectReason: Error, Sendable, Hashable, CustomStringConvertible {
    /// What reports count by.
    public enum Kind: String, Sendable, CaseIterable {
        /// The row could not be taken apart.
        case malformed
        case missingName = "missing_name"
        /// A name of more than 300 characters.
        case nameTooLong = "name_too_long"
        case missingPosition = "missing_position"
        /// A position that is not two decimal numbers.
        case invalidNumber = "invalid_number"
        case outOfRange = "out_of_range"
        /// Latitude and longitude are both zero: a missing position that was filled in.
        case nullIsland = "null_island"
        case swapped
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
    /// The time zone was taken from the most populous of a country's zones, or from the position.
    case guessedTimeZone = "guessed_timezone"
}

/// How a row ends.
public enum RowOutcome: Sendable, Hashable {
    case accepted(ImportedSalon)
    case rejected(RejectReason)
}
