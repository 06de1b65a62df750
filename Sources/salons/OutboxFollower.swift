import Directory
import Postgres
import ServiceLifecycle

/// Wakes the directory when the database tells of new events, and after each reconnect, when some may have been missed.
struct OutboxFollower: Service {
    let listener: Listener
    let directory: Directory

    func run() async throws {
        let events = listener.events()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                for await _ in events { directory.wake() }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
