import Availability
import Directory
import Postgres
import ServiceLifecycle
import Tenancy

/// Wakes the directory and the calendars when the database tells of new events, and has credentials looked up anew when
/// it tells of a change of theirs; after each reconnect, when some may have been missed, both.
struct OutboxFollower: Service {
    let listener: Listener
    let directory: Directory
    let calendars: AvailabilityFeed
    let credentials: CredentialResolver

    func run() async throws {
        let events = listener.events()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                for await event in events {
                    switch event {
                    case .listening: credentials.refresh()
                    case .notification(let found) where found.channel == ScopedDatabase.credentialChannel:
                        credentials.refresh()
                        continue
                    case .notification: break
                    }
                    directory.wake()
                    calendars.wake()
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
