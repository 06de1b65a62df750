import Harness
import Postgres
import Testing

@testable import Migrations

struct MigratorTests {
    private static let ours = SchemaDirectory.ours

    @Test func `applies every file once`() async throws {
        let migrator = try SchemaDirectory.migrator(Self.ours, at: await TestServices.shared().emptyDatabase())
        let names = migrator.migrations.map(\.name) + migrator.functions.map(\.path)
        #expect(try await migrator.pending() == names)
        #expect(try await migrator.migrate() == names)
        #expect(try await migrator.migrate() == [])
        #expect(try await migrator.pending() == [])
    }

    @Test func `two runners share the work`() async throws {
        let url = try await TestServices.shared().emptyDatabase()
        let migrator = try SchemaDirectory.migrator(Self.ours, at: url)
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<3 { group.addTask { try await migrator.migrate() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(applied.flatMap(\.self) == migrator.migrations.map(\.name) + migrator.functions.map(\.path))
        #expect(applied.filter(\.isEmpty).count == 2)
    }

    @Test func `two databases of one cluster can be migrated at the same time`() async throws {
        // Roles belong to the cluster, so that both runners make the same ones.
        let urls = try await [TestServices.shared().emptyDatabase(), TestServices.shared().emptyDatabase()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for url in urls { group.addTask { _ = try await SchemaDirectory.migrator(Self.ours, at: url).migrate() } }
            try await group.waitForAll()
        }
    }

    @Test func `a failed migration leaves nothing behind and says which file it was`() async throws {
        let directory = try SchemaDirectory([
            "0001_good.sql": "CREATE TABLE a ()", "0002_bad.sql": "CREATE TABLE b (); oops",
        ])
        let url = try await TestServices.shared().emptyDatabase()
        await #expect(throws: MigrationError.refused("0002_bad.sql", reason: "syntax error at or near \"oops\"")) {
            try await directory.migrate(url)
        }
        let tables = "SELECT to_regclass('a'), to_regclass('b'), to_regclass('schema_migration')"
        #expect(try await Psql.run(tables, at: url) == "||")
        try directory.write("0002_bad.sql", "CREATE TABLE b ()")
        #expect(try await directory.migrate(url) == ["0001_good.sql", "0002_bad.sql"])
    }

    @Test func `a migration that ends the transaction itself is no success`() async throws {
        let directory = try SchemaDirectory(["0001_own.sql": "CREATE TABLE a (); COMMIT"])
        let url = try await TestServices.shared().emptyDatabase()
        await #expect(throws: PostgresError.self) { try await directory.migrate(url) }
    }

    @Test func `refuses a migration that was changed after it was applied`() async throws {
        let directory = try SchemaDirectory(["0001_one.sql": "CREATE TABLE a ()"])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.write("0001_one.sql", "CREATE TABLE a () ")
        await #expect(throws: MigrationError.changed("0001_one.sql")) { try await directory.migrate(url) }
    }

    @Test func `refuses a database that is newer than the program`() async throws {
        let directory = try SchemaDirectory(["0001_one.sql": "SELECT 1", "0002_two.sql": "SELECT 2"])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.remove("0002_two.sql")
        await #expect(throws: MigrationError.missing("0002_two.sql")) { try await directory.migrate(url) }
    }

    @Test func `sends the owner of a database of another set to make a new one`() async throws {
        let old = try SchemaDirectory(["0001_roles.sql": "SELECT 1", "0002_functions.sql": "SELECT 2"])
        let new = try SchemaDirectory(["0001_roles.sql": "SELECT 3", "0002_tenancy.sql": "SELECT 4"])
        let url = try await TestServices.shared().emptyDatabase()
        try await old.migrate(url)
        let migrator = try SchemaDirectory.migrator(new.path, at: url)
        let error = await #expect(throws: MigrationError.self) { try await migrator.migrate() }
        #expect(error == .otherSet(applied: "0002_functions.sql", here: "0002_tenancy.sql"))
        #expect("\(error!)".contains("make a new database"))
        await #expect(throws: error!) { try await migrator.pending() }
    }

    @Test(arguments: [
        (["0001_one.sql", "0003_three.sql"], "0003_three.sql"), (["0001_one.sql", "0001_two.sql"], "0001_two.sql"),
        (["001_one.sql"], "001_one.sql"), (["one.sql"], "one.sql"), (["0001one.sql"], "0001one.sql"),
        (["0000_zero.sql"], "0000_zero.sql"),
    ])
    func `refuses a misnamed file`(names: [String], misnamed: String) throws {
        let directory = try SchemaDirectory(Dictionary(uniqueKeysWithValues: names.map { ($0, "SELECT 1") }))
        #expect(throws: MigrationError.misnamed(misnamed)) {
            try SchemaDirectory.migrator(directory.path, at: "dbname=none")
        }
    }

    @Test func `takes neither the dump of the schema nor a list of checksums for a migration`() throws {
        let directory = try SchemaDirectory([
            "0001_one.sql": "SELECT 1", "schema.sql": "oops", "checksums.txt": "", ".0001_one.sql.swp": "",
        ])
        let migrator = try SchemaDirectory.migrator(directory.path, at: "dbname=none")
        #expect(migrator.migrations.map(\.name) == ["0001_one.sql"])
    }

    @Test func `refuses a directory that is not there`() throws {
        #expect(throws: MigrationError.unreadable("/nowhere")) {
            try SchemaDirectory.migrator("/nowhere", at: "dbname=none")
        }
    }
}
