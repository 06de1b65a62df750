public import Foundation
public import Salons

/// One thing that has happened, as it stands in the outbox: written in the transaction of the change that it tells of.
public struct Event: Sendable, Hashable {
    /// Its place; the `id` is its identity within the database's incarnation.
    public let position: EventPosition
    /// Whose it is.
    public let tenant: TenantID
    /// The name of its kind; ``EventKind`` reads the rest.
    public let kind: String
    /// What it is about.
    public let subject: UUID
    /// The version that the change brought to its subject, where subjects of this kind have versions.
    public let revision: Int64?
    /// JSON without personal data, so that erasure need not reach copies of it; nil where the kind has none.
    public let payload: [UInt8]?
    /// When it was written, shortly before its transaction was committed, by the database's clock.
    public let writtenAt: Date
    /// Whether all transactions up to its own have ended, so that nothing can come before it any more.
    public let isSettled: Bool

    /// Gathers an event.
    public init(
        position: EventPosition, tenant: TenantID, kind: String, subject: UUID, revision: Int64?,
        payload: [UInt8]? = nil, writtenAt: Date, isSettled: Bool
    ) {
        self.position = position
        self.tenant = tenant
        self.kind = kind
        self.subject = subject
        self.revision = revision
        self.payload = payload
        self.writtenAt = writtenAt
        self.isSettled = isSettled
    }
}
