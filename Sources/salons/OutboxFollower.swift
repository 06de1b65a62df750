import Availability
import Directory
import Postgres
import ServiceLifecycle

/// Wakes the directory and the calendars when the database tells of new events, and after each reconnect, when some may have been missed.
struct OutboxFollower: Service {
    let listener: Listener
    let directory: Directory
    let calendars: AvailabilityFeed

    func run() async throws {
        let events = listener.events()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                for await _ in events {
                    directory.wake()
                    calendars.wake()
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
