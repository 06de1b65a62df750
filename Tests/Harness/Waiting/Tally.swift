import Synchronization

/// A count that many tasks raise.
public final class Tally: Sendable {
    private let storage = Atomic(0)

    /// Zero.
    public init() {}

    /// The count now.
    public var value: Int { storage.load(ordering: .relaxed) }

    /// Adds to it; a negative amount takes away.
    public func add(_ amount: Int) {
        storage.wrappingAdd(amount, ordering: .relaxed)
    }
}
