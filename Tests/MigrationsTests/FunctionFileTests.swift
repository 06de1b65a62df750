import Harness
import Testing

@testable import Migrations

/// Files of functions are applied when they are new or have changed, whatever their order, and what they no longer make
/// is dropped.
struct FunctionFileTests {
    private static let table = "CREATE TABLE t (a integer)"

    private static func function(_ name: String, _ arguments: String = "", returns: Int = 1) -> String {
        "CREATE OR REPLACE FUNCTION \(name)(\(arguments)) RETURNS integer LANGUAGE sql RETURN \(returns);"
    }

    private static func functions(_ url: String) async throws -> [String] {
        let text = try await Psql.run(
            """
            SELECT p.oid::regprocedure FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1::text
            """, at: url)
        return text.split(separator: "\n").map(String.init).sorted()
    }

    @Test func `a changed file is applied again, and only that`() async throws {
        let directory = try SchemaDirectory([
            "0001_t.sql": Self.table, "functions/x/one.sql": Self.function("one"),
            "functions/x/two.sql": Self.function("two", returns: 2),
        ])
        let url = try await TestServices.shared().emptyDatabase()
        #expect(try await directory.migrate(url) == ["0001_t.sql", "functions/x/one.sql", "functions/x/two.sql"])
        try directory.write("functions/x/two.sql", Self.function("two", returns: 3))
        #expect(try await SchemaDirectory.migrator(directory.path, at: url).pending() == ["functions/x/two.sql"])
        #expect(try await directory.migrate(url) == ["functions/x/two.sql"])
        #expect(try await Psql.run("SELECT one(), two()", at: url) == "1|3")
        #expect(try await directory.migrate(url) == [])
    }

    @Test func `a file waits for the one that makes what it names`() async throws {
        let directory = try SchemaDirectory([
            "0001_t.sql": Self.table,
            "functions/a/first.sql": """
            CREATE OR REPLACE FUNCTION first() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT second(); END;
            """,
            "functions/b/second.sql": """
            CREATE OR REPLACE FUNCTION second() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT third(); END;
            """,
            "functions/c/third.sql": Self.function("third", returns: 3),
        ])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        #expect(try await Psql.run("SELECT first()", at: url) == "3")
        // And is dropped before it.
        for path in ["functions/a/first.sql", "functions/b/second.sql", "functions/c/third.sql"] {
            try directory.remove(path)
        }
        #expect(try await directory.migrate(url).count == 3)
        #expect(try await Self.functions(url) == [])
    }

    @Test func `another signature takes the place of the old one`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.write("functions/x/f.sql", Self.function("f", "a integer"))
        try await directory.migrate(url)
        #expect(try await Self.functions(url) == ["f(integer)"])
    }

    @Test func `another result takes the place of the old one`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.write(
            "functions/x/f.sql", "CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql RETURN 'x';")
        try await directory.migrate(url)
        #expect(try await Psql.run("SELECT f()", at: url) == "x")
    }

    @Test func `a trigger goes with its file, and its function`() async throws {
        let maker = """
            CREATE OR REPLACE FUNCTION ten() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.a := 10; RETURN NEW; END $$;
            """
        let trigger = "CREATE OR REPLACE TRIGGER ten BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION ten();"
        let directory = try SchemaDirectory([
            "0001_t.sql": Self.table, "functions/x/ten.sql": maker, "functions/a/trigger.sql": trigger,
        ])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        #expect(try await Psql.run("INSERT INTO t VALUES (1) RETURNING a", at: url) == "10")
        try directory.remove("functions/a/trigger.sql")
        #expect(try await directory.migrate(url) == ["functions/a/trigger.sql"])
        #expect(try await Psql.run("INSERT INTO t VALUES (1) RETURNING a", at: url) == "1")
    }

    @Test func `what a function moved to another file makes stays`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.remove("functions/x/f.sql")
        try directory.write("functions/y/g.sql", Self.function("f"))
        #expect(try await directory.migrate(url) == ["functions/y/g.sql", "functions/x/f.sql"])
        #expect(try await Self.functions(url) == ["f()"])
        #expect(try await directory.migrate(url) == [])
    }

    @Test func `what a migration dropped is made again`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try await Psql.run("DROP FUNCTION f()", at: url)
        #expect(try await directory.migrate(url) == ["functions/x/f.sql"])
        #expect(try await Self.functions(url) == ["f()"])
    }

    @Test func `a function that a table needs is not dropped`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try await Psql.run("ALTER TABLE t ALTER a SET DEFAULT f()", at: url)
        try directory.remove("functions/x/f.sql")
        let error = await #expect(throws: MigrationError.self) { try await directory.migrate(url) }
        #expect(
            "\(error!)".hasPrefix("ROUTINE f(), which no file makes any more, cannot be dropped: default value for"))
        #expect(try await Self.functions(url) == ["f()"])
    }

    @Test func `a failure leaves migrations and functions as they were`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.write("0002_u.sql", "CREATE TABLE u ()")
        try directory.write("functions/x/f.sql", Self.function("f", returns: 2))
        try directory.write(
            "functions/x/g.sql", "CREATE OR REPLACE FUNCTION g() RETURNS integer LANGUAGE sql RETURN h();")
        let error = await #expect(throws: MigrationError.self) { try await directory.migrate(url) }
        #expect(error == .refused("functions/x/g.sql", reason: "function h() does not exist"))
        #expect(try await Psql.run("SELECT f(), to_regclass('u')", at: url) == "1|")
        #expect(
            try await SchemaDirectory.migrator(directory.path, at: url).pending()
                == ["0002_u.sql", "functions/x/f.sql", "functions/x/g.sql"])
    }

    @Test func `two files cannot make one function`() async throws {
        let directory = try SchemaDirectory([
            "0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f"), "functions/y/f.sql": Self.function("f"),
        ])
        let url = try await TestServices.shared().emptyDatabase()
        await #expect(
            throws: MigrationError.madeTwice("ROUTINE f()", first: "functions/x/f.sql", second: "functions/y/f.sql")
        ) { try await directory.migrate(url) }
        // Nor one now and the other later.
        try directory.remove("functions/y/f.sql")
        try await directory.migrate(url)
        try directory.write("functions/a/f.sql", Self.function("f"))
        await #expect(
            throws: MigrationError.madeTwice("ROUTINE f()", first: "functions/x/f.sql", second: "functions/a/f.sql")
        ) { try await directory.migrate(url) }
    }

    @Test func `a file that makes nothing is refused`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": "SELECT 1;"])
        let url = try await TestServices.shared().emptyDatabase()
        await #expect(throws: MigrationError.makesNothing("functions/x/f.sql")) { try await directory.migrate(url) }
    }

    @Test func `a directory without functions drops none`() async throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, "functions/x/f.sql": Self.function("f")])
        let url = try await TestServices.shared().emptyDatabase()
        try await directory.migrate(url)
        try directory.remove("functions")
        await #expect(throws: MigrationError.noFunctions(directory.path)) { try await directory.migrate(url) }
        #expect(try await Self.functions(url) == ["f()"])
    }

    @Test(arguments: [
        "functions/f.sql", "functions/x/f.txt", "functions/x/F.sql", "functions/x/f g.sql", "functions/x/y/f.sql",
    ])
    func `refuses a misnamed file`(path: String) throws {
        let directory = try SchemaDirectory(["0001_t.sql": Self.table, path: Self.function("f")])
        #expect(throws: MigrationError.self) { try SchemaDirectory.migrator(directory.path, at: "dbname=none") }
    }
}
