public import Foundation

/// Identifies one hold or booking. Unique over all tenants, and random in 122 bits: until customers have accounts, whoever
/// knows it may see, move and cancel the booking, as with a link in a confirmation.
public struct BookingID: Sendable, Hashable, CustomStringConvertible {
    /// The identifier as stored in `booking.booking_id`.
    public let rawValue: UUID

    /// Wraps an identifier that came from the database or was freshly made.
    public init(_ rawValue: UUID) {
        self.rawValue = rawValue
    }

    /// Parses canonical text in either case; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 36, let value = UUID(uuidString: text) else { return nil }
        self.rawValue = value
    }

    /// Lower-case canonical text, as PostgreSQL prints it.
    public var description: String { rawValue.uuidString.lowercased() }
}

/// The name that a sender gives to a request, so that the request has one effect however often it is sent.
public struct IdempotencyKey: Sendable, Hashable {
    /// 1 to 255 printable ASCII characters.
    public let text: String

    /// Takes a sender's text; nil unless it is 1 to 255 printable ASCII characters.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// A key that nobody has used, for a caller that needs no repetition beyond its own.
    public static func fresh() -> IdempotencyKey { IdempotencyKey(unchecked: UUID().uuidString) }

    private init(unchecked text: String) {
        self.text = text
    }
}
