import Foundation
import Logging
import Reservations

/// Kills PostgreSQL right after refusals were answered, frees the time that they were refused for, and sends the same
/// requests again: a refusal that the kill made it forget would be done now. Kills at random hit that moment too
/// seldom.
struct RefusalTrial {
    private let world: TortureWorld
    private let history: History
    private let reservations: Reservations

    /// Keys that are refused before the kill.
    private static let count = 8

    init(world: TortureWorld, history: History, logger: Logger) {
        self.world = world
        self.history = history
        var configuration = ReservationsConfiguration()
        configuration.patience = .seconds(20)
        reservations = Reservations(world.database, configuration: configuration, logger: logger)
    }

    func run(kill: () async throws -> Void) async throws {
        let customer = try Customer(name: "Torture", email: "torture@example.com", phone: nil)
        guard let place = world.places.first else { return }
        // A day on which nobody else wants anything.
        let start = world.firstDay + Double(TortureWorld.dayCount + 2) * 86_400 + 36_000
        let step = Visit.Step(service: place.services[0], staff: place.staff[0], start: start)
        let visit = Visit(salon: place.salon, steps: [step])
        func book(_ key: IdempotencyKey) async -> Outcome? {
            await told("refusal", key) { () throws(ReservationError) in
                try await reservations.book(visit, customer: customer, scope: place.scope, key: key)
            }
        }
        guard let taken = await book(.fresh())?.booking else { return }
        let keys = (0..<Self.count).map { _ in IdempotencyKey.fresh() }
        for key in keys { _ = await book(key) }
        try await kill()
        let key = IdempotencyKey.fresh()
        _ = await told("cancel", key) { () throws(ReservationError) in
            try await reservations.cancel(taken.id, scope: place.scope, key: key)
        }
        for key in keys { _ = await book(key) }
    }

    private func told(
        _ kind: String, _ key: IdempotencyKey, _ work: () async throws(ReservationError) -> Outcome
    ) async -> Outcome? {
        do {
            let outcome = try await work()
            switch outcome {
            case .done(let bookings, let isReplay):
                history.add(Told(kind: kind, key: key, answer: .done(bookings, isReplay: isReplay)))
            case .refused(let refusal): history.add(Told(kind: kind, key: key, answer: .refused(refusal)))
            }
            return outcome
        } catch {
            history.add(Told(kind: kind, key: key, answer: .unknown("\(error)")))
            return nil
        }
    }
}
