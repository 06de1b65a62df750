public import Events
public import Postgres

/// Appends events to the audit log: the first durable consumer.
public struct AuditConsumer: EventConsumer {
    /// For good.
    public let name = "audit"
    /// What is worth an entry.
    public let kinds: [String]

    /// Appends events of these kinds.
    public init(kinds: [String]) {
        self.kinds = kinds
    }

    /// In one statement.
    public func handle(_ events: [Event], _ connection: isolated Connection) throws {
        try AuditTable.append(events.map(\.position), connection)
    }
}
