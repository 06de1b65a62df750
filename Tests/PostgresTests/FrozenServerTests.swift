import Foundation
import LocalServices
import Logging
import Testing

@testable import Postgres

/// A server that hangs refuses nothing and closes nothing: each process of it is stopped by SIGSTOP.
@Suite(.serialized)
struct FrozenServerTests {
    private static let logger = Logger(label: "frozen") { _ in SwiftLogNoOpLogHandler() }

    private static func withServer(_ body: (LocalPostgres, Pool) async throws -> Void) async throws {
        var template = Array("/tmp/salons-test-frozen-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let server = try await LocalPostgres.start(directory: home, options: .disposable, logger: logger)
        var configuration = try Postgres.Configuration(server.url(database: "postgres"))
        configuration.poolSize = 4
        configuration.connectTimeout = .seconds(2)
        configuration.statementTimeout = .seconds(2)
        let pool = Pool(configuration, logger: logger)
        do {
            try await body(server, pool)
        } catch {
            try? signal(server, SIGCONT)
            await pool.shutdown()
            await server.stop()
            throw error
        }
        try signal(server, SIGCONT)
        await pool.shutdown()
        await server.stop()
    }

    /// Sends a signal to the postmaster and all its children.
    private static func signal(_ server: LocalPostgres, _ number: Int32) throws {
        let postmaster = server.processID
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let id = Int32(entry), let stat = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8),
                let tail = stat.split(separator: ")").last
            else { continue }
            let parent = tail.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
            if id == postmaster || parent == postmaster { kill(id, number) }
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a statement is given up when the server hangs, and the pool heals`()
        async throws
    {
        try await Self.withServer { server, pool in
            _ = try await pool.withConnection { try $0.execute("SELECT 1") }
            try Self.signal(server, SIGSTOP)
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try $0.execute("SELECT 2") }
            }
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try $0.exchange("SELECT 3") }
            }
            try Self.signal(server, SIGCONT)
            let end = ContinuousClock.now + .seconds(60)
            while (try? await pool.withConnection { try $0.execute("SELECT 4") }) == nil, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(50))
            }
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
            try Self.signal(server, SIGSTOP)
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
            try Self.signal(server, SIGSTOP)
            await #expect(throws: PostgresError.self) { try await caller.value }
        }
    }
}
