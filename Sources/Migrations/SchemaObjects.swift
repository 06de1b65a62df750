import Postgres

/// The functions and triggers of a schema that no extension brought.
struct SchemaObjects {
    /// Where each stands in PostgreSQL's catalogue, by its name in the words of `DROP`. Whoever makes it anew or alters
    /// it, moves it.
    let versions: [String: String]

    /// Asks a connection whose search path is `public`, so that names come out the same.
    static func read(_ connection: isolated Connection) throws -> SchemaObjects {
        var versions: [String: String] = [:]
        for row in try connection.query(Self.all) {
            let (name, version) = try row.decode(String.self, String.self)
            versions[name] = version
        }
        return SchemaObjects(versions: versions)
    }

    /// Those that are new or were made anew since an earlier look in the same transaction.
    func changed(since earlier: SchemaObjects) -> [String] {
        versions.filter { earlier.versions[$0.key] != $0.value }.keys.sorted()
    }

    private static let all: SQL = """
        SELECT 'ROUTINE ' || p.oid::regprocedure, p.xmin::text || p.ctid::text FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass), t.xmin::text || t.ctid::text
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
        """
}
