public import Foundation
public import Salons

/// Looks up whose a booking or a published salon is.
public protocol CustomerAccessSource: Sendable {
    /// The tenant of a booking, whatever its status; nil when there is none.
    func tenant(ofBooking id: UUID) async throws -> TenantID?
    /// The tenant of a salon that is published; nil for any other.
    func tenant(ofPublishedSalon id: SalonID) async throws -> TenantID?
}

/// Lets a customer without an account book: what stands for a credential is that the salon is published, or that the
/// customer knows a booking's identifier.
public struct CustomerAccess: Sendable {
    private let source: any CustomerAccessSource

    /// Looks tenants up here.
    public init(source: any CustomerAccessSource) {
        self.source = source
    }

    /// The scope in which a booking is kept; nil when there is none of this identifier.
    public func scope(ofBooking id: UUID) async throws -> TenantScope? {
        try await source.tenant(ofBooking: id).map { TenantScope(audience: .tenant($0), actor: .customer) }
    }

    /// The scope in which a published salon is booked; nil when none of this identifier is published.
    public func scope(ofPublishedSalon id: SalonID) async throws -> TenantScope? {
        try await source.tenant(ofPublishedSalon: id).map { TenantScope(audience: .tenant($0), actor: .customer) }
    }
}
