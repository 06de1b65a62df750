import Foundation
import Harness
import LocalServices
import Logging
import Testing

@testable import Postgres

/// A server that hangs refuses nothing and closes nothing: each process of it is stopped by SIGSTOP.
@Suite(.serialized)
struct FrozenServerTests {
    private static func withServer(_ body: (LocalPostgres, Pool) async throws -> Void) async throws {
        let home = try makeTemporaryDirectory("frozen")
        let server = try await LocalPostgres.start(directory: home, options: .disposable, logger: .silent)
        var configuration = try Postgres.Configuration(server.url(database: "postgres"))
        configuration.poolSize = 4
        configuration.connectTimeout = .seconds(2)
        configuration.statementTimeout = .seconds(2)
        let pool = Pool(configuration, logger: .silent)
        do {
            try await body(server, pool)
        } catch {
            try? PostgresProcesses.signal(SIGCONT, postmaster: server.processID)
            await pool.shutdown()
            await server.stop()
            throw error
        }
        try PostgresProcesses.signal(SIGCONT, postmaster: server.processID)
        await pool.shutdown()
        await server.stop()
    }

    @Test(.timeLimit(.minutes(2))) func `a statement is given up when the server hangs, and the pool heals`()
        async throws
    {
        try await Self.withServer { server, pool in
            _ = try await pool.withConnection { try $0.execute("SELECT 1") }
            try PostgresProcesses.signal(SIGSTOP, postmaster: server.processID)
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try $0.execute("SELECT 2") }
            }
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try $0.exchange("SELECT 3") }
            }
            try PostgresProcesses.signal(SIGCONT, postmaster: server.processID)
            _ = try await untilItSucceeds { try await pool.withConnection { try $0.execute("SELECT 4") } }
            #expect(pool.statistics.isHealthy)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a caller that is cancelled gets away from a server that hangs`() async throws {
        try await Self.withServer { server, pool in
            let isFrozen = AsyncStream.makeStream(of: Void.self)
            let caller = Task {
                try await pool.withConnection { connection in
                    connection.setAnswerLimit(nil)
                    _ = try connection.query("SELECT 1")
                    isFrozen.continuation.yield()
                    return try connection.execute("SELECT pg_sleep(1000)")
                }
            }
            for await _ in isFrozen.stream { break }
            try PostgresProcesses.signal(SIGSTOP, postmaster: server.processID)
            caller.cancel()
            await #expect(throws: PostgresError.self) { try await caller.value }
            #expect(pool.statistics.idle == 0)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a time limit ends a transaction on a server that hangs, rollback and all`()
        async throws
    {
        try await Self.withServer { server, pool in
            let isOpen = AsyncStream.makeStream(of: Void.self)
            let caller = Task {
                try await pool.withConnection(timeLimit: .milliseconds(300)) { connection in
                    try connection.transaction { connection in
                        _ = try connection.query("SELECT 1")
                        isOpen.continuation.yield()
                        while true { _ = try connection.query("SELECT 1") }
                    }
                }
            }
            for await _ in isOpen.stream { break }
            try PostgresProcesses.signal(SIGSTOP, postmaster: server.processID)
            await #expect(throws: PostgresError.self) { try await caller.value }
        }
    }
}
