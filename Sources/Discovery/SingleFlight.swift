import Synchronization

/// Computes identical questions that are in flight at the same time once.
///
/// Each waiter can be cancelled by itself; the computation goes on for the others and for the cache.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let flights = Mutex<[Key: Task<Value, any Error>]>([:])

    /// The value for a key: from the flight that is under way, or from `compute`.
    func value(for key: Key, compute: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let flight = flights.withLock { flights in
            if let flight = flights[key] { return flight }
            let flight = Task {
                defer { _ = self.flights.withLock { $0.removeValue(forKey: key) } }
                return try await compute()
            }
            flights[key] = flight
            return flight
        }
        return try await flight.value
    }
}
