/// A place in the outbox, which is read in the order of (transaction, id).
///
/// A transaction that commits late has a low number. So nothing can appear before a place any more once all
/// transactions up to its own have ended; an event for which that is so is *settled*.
public struct EventPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// `xid8` of the transaction that wrote the event.
    public let transaction: UInt64
    /// Of the event.
    public let id: Int64

    /// A place; an `id` of 0 is before all events of the transaction.
    public init(transaction: UInt64, id: Int64) {
        self.transaction = transaction
        self.id = id
    }

    /// Before all events.
    public static let start = EventPosition(transaction: 0, id: 0)

    /// Lexicographic.
    public static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.transaction, left.id) < (right.transaction, right.id)
    }

    /// Transaction and event.
    public var description: String { "\(transaction)/\(id)" }
}
