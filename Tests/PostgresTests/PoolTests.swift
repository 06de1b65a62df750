import Foundation
import Harness
import Postgres
import Synchronization
import Testing

@Suite struct PoolTests {
    private final class Order: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    private func pool(_ size: Int, _ adjust: (inout Configuration) -> Void = { _ in }) async throws -> Pool {
        Pool(
            try await freshConfiguration {
                $0.poolSize = size
                adjust(&$0)
            })
    }

    @Test func `waiters are served in order`() async throws {
        let pool = try await pool(1)
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.withConnection { _ = try $0.query("SELECT pg_sleep(1)") } }
            try await eventually { pool.statistics.open == 1 && pool.statistics.idle == 0 }
            for index in 0..<5 {
                group.addTask { try await pool.withConnection { _ in order.numbers.withLock { $0.append(index) } } }
                try await eventually { pool.statistics.waiting == index + 1 }
            }
            try await group.waitForAll()
        }
        #expect(order.numbers.withLock { $0 } == [0, 1, 2, 3, 4])
        #expect(pool.statistics.open == 1)
        await pool.shutdown()
    }

    @Test func `a wait ends at its deadline or with its task`() async throws {
        let pool = try await pool(1)
        let holder = Task { try await pool.withConnection { _ = try $0.query("SELECT pg_sleep(30)") } }
        try await eventually { pool.statistics.open == 1 }
        let late = await #expect(throws: PostgresError.self) {
            try await pool.withConnection(deadline: .milliseconds(50)) { _ in }
        }
        #expect(late?.kind == .poolTimeout)
        #expect(pool.statistics.timeouts == 1)
        let waiter = Task { try await pool.withConnection(deadline: .seconds(60)) { _ in } }
        try await eventually { pool.statistics.waiting == 1 }
        waiter.cancel()
        let cancelled = await #expect(throws: PostgresError.self) { try await waiter.value }
        #expect(cancelled?.kind == .cancelled)
        holder.cancel()
        let held = await #expect(throws: PostgresError.self) { try await holder.value }
        #expect(held?.kind == .cancelled)
        for _ in 0..<20 { try await pool.withConnection { _ = try $0.query("SELECT pg_sleep(0.001)") } }
        #expect(pool.statistics.open == 1)
        await pool.shutdown()
    }

    @Test func `work ends at its time limit`() async throws {
        let pool = try await pool(1)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection(timeLimit: .milliseconds(100)) { _ = try $0.query("SELECT pg_sleep(30)") }
        }
        #expect(error?.kind == .statementTimeout)
        await pool.shutdown()
    }

    @Test func `a transaction left open is rolled back`() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { try $0.executeScript(unsafe: "CREATE TABLE t (a int)") }
        try await pool.withConnection { try $0.executeScript(unsafe: "BEGIN; INSERT INTO t VALUES (1)") }
        #expect(try await pool.withConnection { try $0.query("SELECT * FROM t").count } == 0)
        await pool.shutdown()
    }

    @Test func `a connection killed while idle or at work is replaced`() async throws {
        let configuration = try await freshConfiguration { $0.poolSize = 2 }
        let pool = Pool(configuration)
        let pid = try await pool.withConnection { try $0.query("SELECT pg_backend_pid()")[0].decode(Int.self) }
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { _ = try $0.query("SELECT pg_terminate_backend(pg_backend_pid())") }
        }
        #expect(error?.kind == .connectionLost)
        let next = try await pool.withConnection { try $0.query("SELECT pg_backend_pid()")[0].decode(Int.self) }
        #expect(next != pid)
        #expect(pool.statistics.open == 1)
        try await pool.withConnection { try $0.executeScript(unsafe: "SELECT 1") }
        let killer = try await Connection.connect(configuration)
        _ = try await killer.query("SELECT pg_terminate_backend(\(next)::int4)")
        try await eventually {
            let left = try await killer.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(next)")
            return left.isEmpty
        }
        let last = try await pool.withConnection { try $0.query("SELECT pg_backend_pid()")[0].decode(Int.self) }
        #expect(last != next)
        #expect(pool.statistics.open == 1)
        await pool.shutdown()
    }

    @Test func `an unreachable server is a quick and clear error`() async throws {
        let pool = Pool(try Configuration("host=/nonexistent dbname=x"))
        for _ in 0..<5 {
            let error = await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
            #expect(error?.kind == .unavailable)
        }
        #expect(!pool.statistics.isHealthy)
        #expect(pool.statistics.open == 0)
    }

    @Test func `a pool that is shut down refuses`() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { _ in }
        await pool.shutdown()
        #expect(pool.statistics.open == 0)
        await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
    }
}
