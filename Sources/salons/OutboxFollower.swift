import Events
import Jobs
import Postgres
import ServiceLifecycle
import Tenancy

/// Has the followers of events and the workers look at once when the database tells of something new, and has
/// credentials looked up anew when it tells of a change of theirs; after each reconnect, when some may have been
/// missed, all.
struct OutboxFollower: Service {
    let listener: Listener
    let outbox: Outbox
    let worker: JobWorker
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
                    outbox.wake()
                    worker.wake()
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
