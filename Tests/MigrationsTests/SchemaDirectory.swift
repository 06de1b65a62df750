import Foundation
import Harness
import Postgres

@testable import Migrations

/// Some SQL files in a directory of their own, which goes with the value.
final class SchemaDirectory: Sendable {
    let path: String

    /// The project's own files.
    static let ours = Store.migrations

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    /// A copy of the project's own files.
    init(copying directory: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
        try FileManager.default.copyItem(atPath: directory, toPath: path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    /// Applies what is missing in a database.
    @discardableResult
    func migrate(_ url: String) async throws -> [String] {
        try await Self.migrator(path, at: url).migrate()
    }

    static func migrator(_ directory: String, at url: String) throws -> Migrator {
        try Migrator(directory: directory, configuration: Configuration(url), logger: .silent)
    }
}
