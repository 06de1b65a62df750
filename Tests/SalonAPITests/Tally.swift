import Synchronization

/// A count that many tasks raise.
final class Tally: Sendable {
    private let storage = Atomic(0)

    var value: Int { storage.load(ordering: .relaxed) }

    func add(_ amount: Int) {
        storage.wrappingAdd(amount, ordering: .relaxed)
    }
}
