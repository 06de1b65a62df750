public import Foundation

/// Identifies one service that a salon offers. Unique over all tenants.
public struct ServiceID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The identifier as stored in `service.service_id`.
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

    /// In the order of the text, which is PostgreSQL's order of `uuid`.
    public static func < (left: ServiceID, right: ServiceID) -> Bool { left.rawValue < right.rawValue }
}

/// Identifies one person who works. The same person in two salons, or in two tenants, has the same identifier, which is
/// what makes their bookings exclude each other everywhere.
public struct StaffID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The identifier as stored in `staff.staff_id`.
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

    /// In the order of the text, which is PostgreSQL's order of `uuid`.
    public static func < (left: StaffID, right: StaffID) -> Bool { left.rawValue < right.rawValue }
}

/// Identifies one hold or booking. Unique over all tenants, and random in 122 bits: until customers have accounts,
/// whoever knows it may see, move and cancel the booking, as with a link in a confirmation.
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
