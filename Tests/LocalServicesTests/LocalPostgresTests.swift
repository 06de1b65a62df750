import Foundation
import Testing

@testable import LocalServices

@Suite struct LocalPostgresTests {
    @Test func `a second start finds the rows of the first`() async throws {
        try await withScratchDirectory { directory in
            let first = try await LocalPostgres.start(directory: directory, logger: logger)
            _ = try await psql("CREATE TABLE t (n int); INSERT INTO t VALUES (7)", at: first.url(database: "postgres"))
            #expect(try await psql("SHOW fsync", at: first.url(database: "postgres")) == "on")
            await first.stop()
            #expect(!ProcessTable.isAlive(first.processID))

            let second = try await LocalPostgres.start(directory: directory, logger: logger)
            #expect(try await psql("SELECT n FROM t", at: second.url(database: "postgres")) == "7")
            await second.stop()
        }
    }

    @Test func `a cluster killed with a backend at work recovers what was committed`() async throws {
        try await withScratchDirectory { directory in
            // Durable settings: with full_page_writes off the test would ask for more than was promised.
            let first = try await LocalPostgres.start(directory: directory, logger: logger)
            let url = first.url(database: "postgres")
            _ = try await psql("CREATE TABLE t (n int); INSERT INTO t VALUES (7)", at: url)
            let sleeper = Task { try await succeeds("SELECT pg_sleep(600)", at: url) }
            while try await psql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(600)'", at: url) != "1"
            {}
            let family = [first.processID] + ProcessTable.children(of: first.processID)
            #expect(family.count > 2)
            try await first.kill()
            #expect(!family.contains(where: ProcessTable.isAlive))
            #expect(try await sleeper.value == false)
            #expect(PostmasterFile(dataDirectory: directory + "/data") != nil)

            let second = try await LocalPostgres.start(directory: directory, logger: logger)
            #expect(second.url(database: "postgres") == url)
            #expect(try await psql("SELECT n FROM t", at: url) == "7")
            await second.stop()
        }
    }

    @Test func `a stale postmaster.pid whose ID is now another program's does not keep it from starting`() async throws
    {
        try await withScratchDirectory { directory in
            let first = try await LocalPostgres.start(directory: directory, options: kept, logger: logger)
            try await first.kill()
            // A live process of the same account: PostgreSQL by itself would take it for a postmaster.
            let cache = try await LocalRedis.start(directory: directory + "/redis", logger: logger)
            let path = PostmasterFile.path(in: directory + "/data")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let lines = ["\(cache.processID)"] + text.split(separator: "\n").dropFirst().map(String.init)
            try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)

            let second = try await LocalPostgres.start(directory: directory, options: kept, logger: logger)
            #expect(try await psql("SELECT 1", at: second.url(database: "postgres")) == "1")
            await second.stop()
            await cache.stop()
        }
    }

    @Test func `a directory that is being served is refused, or used when asked`() async throws {
        try await withScratchDirectory { directory in
            #expect(LocalPostgres.runningURL(directory: directory, database: "postgres") == nil)
            let first = try await LocalPostgres.start(directory: directory, options: kept, logger: logger)
            await #expect(
                throws: LocalServicesError.alreadyRunning(directory: directory, processID: first.processID)
            ) {
                try await LocalPostgres.start(directory: directory, options: kept, logger: logger)
            }
            let url = first.url(database: "postgres")
            #expect(LocalPostgres.runningURL(directory: directory, database: "postgres") == url)

            var adopting = kept
            adopting.adoptsRunning = true
            let guest = try await LocalPostgres.start(directory: directory, options: adopting, logger: logger)
            #expect(guest.processID == first.processID)
            await guest.stop()
            #expect(try await psql("SELECT 1", at: url) == "1")
            await first.stop()
            #expect(LocalPostgres.runningURL(directory: directory, database: "postgres") == nil)
        }
    }

    @Test func `a server that does not come up is reported with the end of its log`() async throws {
        try await withScratchDirectory { directory in
            var options = kept
            options.settings["no_such_setting"] = "1"
            let error = await #expect(throws: LocalServicesError.self) {
                try await LocalPostgres.start(directory: directory, options: options, logger: logger)
            }
            #expect(error?.description.contains("no_such_setting") == true)
        }
    }

    @Test func `a disposable cluster leaves nothing behind when stopped`() async throws {
        try await withScratchDirectory { directory in
            let server = try await LocalPostgres.start(directory: directory, options: .disposable, logger: logger)
            #expect(FileManager.default.fileExists(atPath: directory + "/data/PG_VERSION"))
            await server.stop()
            #expect(!FileManager.default.fileExists(atPath: directory))
        }
    }

    @Test func `a URL escapes what would end a part of it early`() async throws {
        try await withScratchDirectory { directory in
            let odd = directory + "/a b&c"
            let server = try await LocalPostgres.start(directory: odd, options: kept, logger: logger)
            _ = try await psql("CREATE DATABASE \"x/y?z\"", at: server.url(database: "postgres"))
            // libpq reads the database's name up to the question mark.
            #expect(server.url(database: "x?z").contains("/x%3Fz?host="))
            #expect(try await psql("SELECT current_database()", at: server.url(database: "x/y?z")) == "x/y?z")
            await server.stop()
        }
    }
}
