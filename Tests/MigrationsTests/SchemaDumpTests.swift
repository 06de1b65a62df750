import Foundation
import Harness
import Testing

@testable import Migrations

/// `migrations/schema.sql` shows the schema as it is, so that a change of it is a diff that somebody reads.
struct SchemaDumpTests {
    private static let file = "\(SchemaDirectory.ours)/schema.sql"
    /// Set by `make schema`: then the file is written instead of compared.
    private static let isWriting = ProcessInfo.processInfo.environment["SALONS_WRITE_SCHEMA"] == "1"

    private static func dump(_ url: String) async throws -> String {
        try SchemaDump.read(url, owner: try await Psql.run("SELECT current_user", at: url))
    }

    private static func migrated() async throws -> String {
        let url = try await TestServices.shared().emptyDatabase()
        _ = try await SchemaDirectory.migrator(SchemaDirectory.ours, at: url).migrate()
        return url
    }

    @Test func `schema_sql is the migrated schema`() async throws {
        let now = try await Self.dump(Self.migrated())
        if Self.isWriting { try now.write(toFile: Self.file, atomically: true, encoding: .utf8) }
        let known = try String(contentsOfFile: Self.file, encoding: .utf8)
        let difference = now.split(separator: "\n").difference(from: known.split(separator: "\n"))
        #expect(difference.isEmpty, "write it anew with: make schema")
        #expect(now == known)
    }

    @Test func `each file of functions can be applied again, to the same schema`() async throws {
        let url = try await Self.migrated()
        let before = try await Self.dump(url)
        try await Psql.run("UPDATE schema_function SET checksum = ''", at: url)
        let migrator = try SchemaDirectory.migrator(SchemaDirectory.ours, at: url)
        #expect(try await migrator.migrate() == migrator.functions.map(\.path))
        #expect(try await Self.dump(url) == before)
    }

    @Test func `the dump has the tables, policies, triggers and grants, and nothing of the machine`() async throws {
        let url = try await Self.migrated()
        let owner = try await Psql.run("SELECT current_user", at: url)
        let text = try await Self.dump(url)
        for line in [
            "ALTER TABLE ONLY public.booking FORCE ROW LEVEL SECURITY;",
            "CREATE POLICY calendars ON public.outbox FOR INSERT TO salons_calendar WITH CHECK (true);",
            "GRANT SELECT,INSERT,UPDATE ON TABLE public.booking TO salons_tenant;",
            "ALTER FUNCTION public.sweep_holds(at_most integer) OWNER TO salons_calendar;",
            "GRANT ALL ON FUNCTION public.sweep_holds(at_most integer) TO salons_platform;",
        ] { #expect(text.contains("\n\(line)\n"), "\(line)") }
        #expect(text.contains("CREATE TRIGGER salon_version BEFORE UPDATE ON public.salon"))
        #expect(!text.contains(#/\b(restrict|Dumped)\b/#))
        #expect(!text.contains(try Regex("(OWNER TO|TO|FROM) \(owner);")))
    }
}
