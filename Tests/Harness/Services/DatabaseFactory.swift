import Foundation
import LocalServices

/// Makes databases by copying templates, each of which is prepared once.
actor DatabaseFactory {
    private let postgres: LocalPostgres
    private var templates: [String: Task<String, any Error>] = [:]
    private var count = 0
    /// The template of the templates: `postgis` takes most of a second to install and is installed once.
    private static let base = "base"

    init(postgres: LocalPostgres) {
        self.postgres = postgres
    }

    /// The URL of a new copy of the template, which is prepared first if nobody has.
    func copy(of template: String, prepare: @escaping @Sendable (String) async throws -> Void) async throws -> String {
        let source = try await prepared(template, prepare)
        return try await create(from: source)
    }

    private func prepared(
        _ template: String, _ prepare: @escaping @Sendable (String) async throws -> Void
    ) async throws -> String {
        if let task = templates[template] { return try await task.value }
        let task = Task {
            let base = try await self.baseDatabase()
            let name = try await self.createNamed(from: base)
            try await prepare(self.postgres.url(database: name))
            return name
        }
        templates[template] = task
        return try await task.value
    }

    private func baseDatabase() async throws -> String {
        if let task = templates[Self.base] { return try await task.value }
        let task = Task {
            let name = try await self.createNamed(from: "template0")
            try await Psql.run("CREATE EXTENSION postgis", at: self.postgres.url(database: name))
            return name
        }
        templates[Self.base] = task
        return try await task.value
    }

    private func create(from source: String) async throws -> String {
        try await postgres.url(database: createNamed(from: source))
    }

    private func createNamed(from source: String) async throws -> String {
        count += 1
        let name = "test_\(count)"
        // Copying files beats the write-ahead log's way for a template of this size when nothing is forced to disk.
        try await Psql.run(
            "CREATE DATABASE \(name) TEMPLATE \(source) STRATEGY file_copy",
            at: postgres.url(database: "postgres"))
        return name
    }
}
