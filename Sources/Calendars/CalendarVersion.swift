public import Salons
public import Scheduling

/// Where a salon's calendar stands.
public struct CalendarVersion: Sendable, Hashable {
    /// The business that owns it.
    public let tenant: TenantID
    /// Of the roster.
    public let revision: Int64
    /// Of everyone who works there.
    public let epochs: [StaffID: Int64]

    /// Describes where one stands.
    public init(tenant: TenantID, revision: Int64, epochs: [StaffID: Int64]) {
        self.tenant = tenant
        self.revision = revision
        self.epochs = epochs
    }
}
