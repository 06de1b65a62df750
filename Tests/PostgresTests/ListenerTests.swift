import Harness
import Postgres
import Testing

@Suite struct ListenerTests {
    @Test func `notifications arrive, also after the backend was killed`() async throws {
        let configuration = try await freshConfiguration { $0.applicationName = "ear" }
        let listener = Listener(configuration, channels: ["News"])
        var events = listener.events().makeAsyncIterator()
        let run = Task { try await listener.run() }
        let connection = try await Connection.connect(configuration)
        for payload in ["one", "two"] {
            #expect(await events.next() == .listening)
            _ = try await connection.query("SELECT pg_notify('News', \(payload))")
            guard case .notification(let found)? = await events.next() else {
                Issue.record("no notification")
                return
            }
            #expect(found.channel == "News")
            #expect(found.payload == payload)
            if payload == "one" {
                _ = try await connection.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
        }
        run.cancel()
        try await run.value
        #expect(await events.next() == nil)
    }
}
