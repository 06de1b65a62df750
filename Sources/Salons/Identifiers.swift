public import Foundation

/// Identifies one tenant: an independent business with one or more salons.
public struct TenantID: Sendable, Hashable, CustomStringConvertible {
    /// The identifier as stored in `tenant.tenant_id`.
    public let rawValue: UUID

    /// Wraps an identifier that came from the database or was freshly made.
    public init(_ rawValue: UUID) {
        self.rawValue = rawValue
    }

    /// Lower-case canonical text, as PostgreSQL prints it.
    public var description: String { rawValue.uuidString.lowercased() }
}

/// Identifies one salon. Unique over all tenants.
public struct SalonID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The identifier as stored in `salon.salon_id`.
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

    /// Byte order, which is also the order of PostgreSQL's `uuid`: it breaks ties between equal distances.
    public static func < (left: SalonID, right: SalonID) -> Bool {
        withUnsafeBytes(of: left.rawValue.uuid) { leftBytes in
            withUnsafeBytes(of: right.rawValue.uuid) { rightBytes in
                leftBytes.lexicographicallyPrecedes(rightBytes)
            }
        }
    }
}
