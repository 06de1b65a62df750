import Foundation
import LocalServices
import RegexBuilder

/// What `pg_dump` says of a database, without what differs from one machine to the next and without the bodies of
/// functions, which stand in their own files: tables with all that belongs to each, then who owns functions and who may
/// call them.
enum SchemaDump {
    /// The first lines of the file.
    static let heading = """
        -- The present schema, as `pg_dump` tells it, for readers and for reviews: nothing of it is applied.
        -- It is compared with the database by a test, and written anew by `make schema`. What a function does stands in
        -- `functions`.


        """

    static func read(_ url: String, owner: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: try LocalPostgres.program("pg_dump"))
        process.arguments = ["--schema-only", "--dbname", url]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return heading + normalised(String(decoding: data, as: UTF8.self), owner: owner)
    }

    struct Failure: Error {}

    static func normalised(_ dump: String, owner: String) -> String {
        var groups: [String: [String]] = [:]
        for statement in statements(dump) where !isNoise(statement, owner: owner) {
            groups[subject(of: statement), default: []].append(statement)
        }
        let names = groups.keys.sorted { rank($0) < rank($1) }
        return names.map { "-- \($0)\n" + groups[$0, default: []].joined(separator: "\n") + "\n" }.joined(
            separator: "\n")
    }

    /// Whole statements, each without the lines around it that are not its own.
    private static func statements(_ dump: String) -> [String] {
        var statements: [String] = []
        var lines: [Substring] = []
        var quote: Substring?
        for line in dump.split(separator: "\n", omittingEmptySubsequences: true) {
            if lines.isEmpty, line.hasPrefix("--") || line.hasPrefix("\\") { continue }
            lines.append(line)
            for match in line.matches(of: #/\$\w*\$/#) {
                if quote == nil { quote = match.0 } else if quote == match.0 { quote = nil }
            }
            guard quote == nil, line.hasSuffix(";") else { continue }
            statements.append(lines.joined(separator: "\n"))
            lines = []
        }
        return statements
    }

    private static func isNoise(_ statement: String, owner: String) -> Bool {
        // The owner is whoever migrates; an extension's comment is its version's.
        statement.hasPrefix("SET ") || statement.hasPrefix("SELECT pg_catalog.set_config")
            || statement.hasPrefix("COMMENT ON EXTENSION") || statement.hasSuffix("OWNER TO \(owner);")
            || statement.contains(#/^CREATE (FUNCTION|PROCEDURE|AGGREGATE) /#)
    }

    /// The table that a statement is about, or what else it is about.
    private static func subject(of statement: String) -> String {
        if statement.hasPrefix("CREATE EXTENSION") { return "extensions" }
        if statement.contains(#/^[^\n]*\b(FUNCTION|ROUTINE) (public|pg_catalog)\./#),
            !statement.hasPrefix("CREATE TRIGGER")
        {
            return "functions"
        }
        if let match = statement.firstMatch(of: #/\b(?:TABLE ONLY|TABLE|VIEW|ON) public\.(\w+)/#) {
            return String(match.1)
        }
        return "schema"
    }

    private static func rank(_ subject: String) -> (Int, String) {
        switch subject {
        case "extensions": (0, subject)
        case "schema": (1, subject)
        case "functions": (3, subject)
        default: (2, subject)
        }
    }
}
