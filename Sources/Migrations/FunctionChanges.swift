import Postgres

/// Applies files of functions and drops what none of them makes any more.
///
/// The order is found, not written down: a file that names what another one makes is tried again after it, and a
/// function is dropped after what needs it. Runs inside the transaction of the caller.
struct FunctionChanges {
    private let work: AppliedFiles.Pending
    /// Which file made a function or trigger; of the files that are not applied again, from the start.
    private var makers: [String: String] = [:]
    /// What was made by a file that is gone or is applied again, and by no file since.
    private var outdated: Set<String> = []

    /// What has to be there before it can be named: functions, tables, and roles or other objects.
    private static let undefined: Set<SQLState> = [.undefinedFunction, .undefinedTable, .undefinedObject]

    private init(_ work: AppliedFiles.Pending) {
        self.work = work
        let again = Set(work.functions.map(\.path) + work.removed)
        for (path, applied) in work.applied {
            if again.contains(path) {
                outdated.formUnion(applied.objects)
            } else {
                for object in applied.objects { makers[object] = path }
            }
        }
    }

    /// Throws `MigrationError` with the reason of the first file that cannot be applied.
    static func apply(_ work: AppliedFiles.Pending, _ connection: isolated Connection) throws {
        var changes = FunctionChanges(work)
        try changes.apply(connection)
    }

    private mutating func apply(_ connection: isolated Connection) throws {
        var waiting = work.functions
        while !waiting.isEmpty {
            var refused: [(file: FunctionFile, error: PostgresError)] = []
            for file in waiting {
                do {
                    try apply(file, connection)
                } catch let error as PostgresError {
                    guard let code = error.code else { throw error }
                    guard Self.undefined.contains(code) else { throw Self.refusal(file, error) }
                    refused.append((file, error))
                }
            }
            if let first = refused.first, refused.count == waiting.count { throw Self.refusal(first.file, first.error) }
            waiting = refused.map(\.file)
        }
        try drop(outdated.subtracting(makers.keys), connection)
        for path in work.removed { try connection.execute("DELETE FROM schema_function WHERE file = \(path)") }
    }

    private static func refusal(_ file: FunctionFile, _ error: PostgresError) -> MigrationError {
        .refused(file.path, reason: error.message)
    }

    private mutating func apply(_ file: FunctionFile, _ connection: isolated Connection) throws {
        let earlier = try SchemaObjects.read(connection)
        do {
            try part(connection) { try $0.executeScript(unsafe: file.text) }
        } catch let error as PostgresError where error.code == .invalidFunctionDefinition {
            // A function's result cannot be changed, only made anew.
            let mine = (work.applied[file.path]?.objects ?? []).filter { earlier.versions[$0] != nil }
            guard !mine.isEmpty else { throw error }
            try part(connection) { connection in
                try drop(Set(mine), connection)
                try connection.executeScript(unsafe: file.text)
            }
        }
        let made = try SchemaObjects.read(connection).changed(since: earlier)
        guard !made.isEmpty else { throw MigrationError.makesNothing(file.path) }
        for object in made {
            if let other = makers.updateValue(file.path, forKey: object), other != file.path {
                throw MigrationError.madeTwice(object, first: other, second: file.path)
            }
        }
        try connection.execute(
            """
            INSERT INTO schema_function (file, checksum, objects)
            VALUES (\(file.path), \(file.checksum), \(made))
            ON CONFLICT (file) DO UPDATE
            SET checksum = excluded.checksum, objects = excluded.objects, applied_at = excluded.applied_at
            """)
    }

    /// Drops functions and triggers, each after what needs it.
    private func drop(_ objects: Set<String>, _ connection: isolated Connection) throws {
        var waiting = objects.intersection(try SchemaObjects.read(connection).versions.keys).sorted()
        while !waiting.isEmpty {
            var needed: [(object: String, error: PostgresError)] = []
            for object in waiting {
                do {
                    try part(connection) { try $0.executeScript(unsafe: "DROP \(object)") }
                } catch let error as PostgresError where error.code == .dependentObjectsStillExist {
                    needed.append((object, error))
                }
            }
            if let first = needed.first, needed.count == waiting.count {
                throw MigrationError.stillNeeded(first.object, reason: first.error.detail ?? first.error.message)
            }
            waiting = needed.map(\.object)
        }
    }

    /// Runs a body so that its failure undoes only itself.
    private func part(
        _ connection: isolated Connection, _ body: (isolated Connection) throws -> Void
    ) throws {
        try connection.executeScript(unsafe: "SAVEPOINT part")
        do {
            try body(connection)
            try connection.executeScript(unsafe: "RELEASE SAVEPOINT part")
        } catch {
            try connection.executeScript(unsafe: "ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
            throw error
        }
    }
}
