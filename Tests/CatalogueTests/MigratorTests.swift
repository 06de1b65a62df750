import Foundation
import Harness
import Postgres
import Testing

@testable import Migrations

struct MigratorTests {
    @Test func `applies every migration once`() async throws {
        let migrator = try migrator(Store.migrations, at: await TestServices.shared().emptyDatabase())
        #expect(try await migrator.pending() == migrator.migrations.map(\.name))
        #expect(try await migrator.migrate() == migrator.migrations.map(\.name))
        #expect(try await migrator.migrate() == [])
        #expect(try await migrator.pending() == [])
    }

    @Test func `two runners share the work`() async throws {
        let url = try await TestServices.shared().emptyDatabase()
        let migrator = try migrator(Store.migrations, at: url)
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<2 { group.addTask { try await migrator.migrate() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(applied.flatMap(\.self).sorted() == migrator.migrations.map(\.name))
        #expect(applied.contains([]))
    }

    @Test func `two databases of one cluster can be migrated at the same time`() async throws {
        // Roles belong to the cluster, so that both runners make the same ones.
        let urls = try await [TestServices.shared().emptyDatabase(), TestServices.shared().emptyDatabase()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for url in urls { group.addTask { try await Store.migrate(url) } }
            try await group.waitForAll()
        }
    }

    @Test func `a failed migration leaves nothing behind`() async throws {
        let directory = try Directory(["0001_good.sql": "CREATE TABLE a ()", "0002_bad.sql": "CREATE TABLE b (); oops"])
        let url = try await TestServices.shared().emptyDatabase()
        await #expect(throws: PostgresError.self) { try await migrator(directory.path, at: url).migrate() }
        #expect(try await Psql.run("SELECT to_regclass('a'), to_regclass('b')", at: url) == "a|")
        try directory.write("0002_bad.sql", "CREATE TABLE b ()")
        #expect(try await migrator(directory.path, at: url).migrate() == ["0002_bad.sql"])
    }

    @Test func `refuses a migration that was changed after it was applied`() async throws {
        let directory = try Directory(["0001_one.sql": "CREATE TABLE a ()"])
        let url = try await TestServices.shared().emptyDatabase()
        _ = try await migrator(directory.path, at: url).migrate()
        try directory.write("0001_one.sql", "CREATE TABLE a () ")
        await #expect(throws: MigrationError.changedMigration("0001_one.sql")) {
            try await migrator(directory.path, at: url).migrate()
        }
    }

    @Test func `refuses a database that is newer than the program`() async throws {
        let directory = try Directory(["0001_one.sql": "SELECT 1", "0002_two.sql": "SELECT 2"])
        let url = try await TestServices.shared().emptyDatabase()
        _ = try await migrator(directory.path, at: url).migrate()
        try directory.remove("0002_two.sql")
        await #expect(throws: MigrationError.missingMigration("0002_two.sql")) {
            try await migrator(directory.path, at: url).migrate()
        }
    }

    @Test(arguments: [
        (["0001_one.sql", "0003_three.sql"], "0003_three.sql"), (["0001_one.sql", "0001_two.sql"], "0001_two.sql"),
        (["001_one.sql"], "001_one.sql"), (["one.sql"], "one.sql"), (["0001one.sql"], "0001one.sql"),
        (["0000_zero.sql"], "0000_zero.sql"),
    ])
    func `refuses a misnamed file`(names: [String], misnamed: String) throws {
        let directory = try Directory(Dictionary(uniqueKeysWithValues: names.map { ($0, "SELECT 1") }))
        #expect(throws: MigrationError.misnamedMigration(misnamed)) {
            try migrator(directory.path, at: "dbname=none")
        }
    }

    @Test func `refuses a directory that is not there`() throws {
        #expect(throws: MigrationError.unreadableMigrations("/nowhere")) { try migrator("/nowhere", at: "dbname=none") }
    }

    private func migrator(_ directory: String, at url: String) throws -> Migrator {
        try Migrator(directory: directory, configuration: Configuration(url), logger: .silent)
    }
}

/// Some files that go with the value.
private final class Directory: Sendable {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
}
