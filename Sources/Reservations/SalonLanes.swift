import Salons

/// Lets only a few requests for one salon be under way at a time.
///
/// Whoever waits for a lock in the database holds a connection meanwhile. Without a bound, a crowd that wants one calendar
/// would hold all connections of the pool, and everybody else would wait with them.
actor SalonLanes {
    private struct Lanes {
        var tails: [Task<Void, Never>?]
        var next = 0
        var waiting = 0
    }

    private let width: Int
    private var salons: [SalonID: Lanes] = [:]

    init(width: Int) {
        self.width = min(max(width, 1), 1_000)
    }

    /// Does work when one of the salon's lanes is free, each lane in the order of arrival.
    func run<R: Sendable>(
        _ salon: SalonID, _ work: @escaping @Sendable () async throws(ReservationError) -> R
    ) async throws(ReservationError) -> R {
        var lanes = salons[salon] ?? Lanes(tails: Array(repeating: nil, count: width))
        let lane = lanes.next % width
        let before = lanes.tails[lane]
        let task = Task<Result<R, ReservationError>, Never> {
            await before?.value
            guard !Task.isCancelled else { return .failure(.cancelled) }
            do throws(ReservationError) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        lanes.tails[lane] = Task { _ = await task.value }
        lanes.next += 1
        lanes.waiting += 1
        salons[salon] = lanes
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        if let left = salons[salon]?.waiting, left > 1 {
            salons[salon]?.waiting = left - 1
        } else {
            salons[salon] = nil
        }
        return try result.get()
    }
}
