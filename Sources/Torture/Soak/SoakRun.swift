import Foundation
import Synchronization
import Timing

/// Loads the service for long and looks at what becomes of it: whether it lives, fails requests, or grows.
public struct SoakRun: Sendable {
    private let plan: SoakPlan
    private let onRequest: @Sendable () -> Void

    /// Makes ready for a run; `onRequest` is called after each request, from many threads at once.
    public init(_ plan: SoakPlan, onRequest: @escaping @Sendable () -> Void = {}) {
        self.plan = plan
        self.onRequest = onRequest
    }

    /// Starts the service, loads it for the plan's time, and stops it.
    public func run() async throws -> SoakReport {
        try FileManager.default.createDirectory(atPath: plan.directory, withIntermediateDirectories: true)
        // The servers' account must reach it.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: plan.directory)
        let service = try await LoadedService(plan)
        let statuses = StatusCounts()
        let began = ContinuousClock.now
        let end = began + .seconds(plan.seconds)
        let warm = Task {
            try? await Pause.sleep(for: .seconds(plan.seconds / 10))
            return service.memory
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<plan.clients {
                group.addTask { await load(service, number, until: end, statuses) }
            }
        }
        let memory = (warm: await warm.value, end: service.memory)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let ending = try await service.stop()
        return SoakReport(seconds: seconds, statuses: statuses.all, memory: memory, ending: ending)
    }

    /// One client on a thread of its own, since its sockets block.
    private func load(
        _ service: LoadedService, _ number: Int, until end: ContinuousClock.Instant, _ statuses: StatusCounts
    ) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var client = SoakClient(number: number, seed: plan.seed, port: service.port) {
                    statuses.count($0)
                    onRequest()
                }
                while ContinuousClock.now < end, service.ending == nil { client.act() }
                continuation.resume()
            }
        }
    }
}

/// Counts answers by status.
private final class StatusCounts: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    var all: [Int: Int] { counts.withLock { $0 } }

    func count(_ status: Int) { counts.withLock { $0[status, default: 0] += 1 } }
}
