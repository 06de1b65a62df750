import Foundation
import Harness
import Testing

@testable import Migrations

/// A migration that is merged is not changed any more, since databases have it: `checksums.txt` is the witness. A new
/// migration is added to it with `cd migrations && sha256sum 0*.sql > checksums.txt`.
struct FrozenMigrationTests {
    /// What `checksums.txt` says that is not so; with the files named, in order.
    private static func complaints(_ directory: String) throws -> [String] {
        let files = try SchemaFiles(directory: directory).migrations
        let lines = try String(contentsOfFile: "\(directory)/checksums.txt", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let known = Dictionary(uniqueKeysWithValues: lines.map { ($0[1], $0[0]) })
        let here = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.checksum) })
        return Set(known.keys).union(here.keys).sorted().compactMap { name in
            switch (known[name], here[name]) {
            case (nil, _): "\(name) is not in checksums.txt"
            case (_, nil): "\(name) is gone"
            case (let old, let new): old == new ? nil : "\(name) was changed; write a new migration instead"
            }
        }
    }

    @Test func `no migration was changed after it was merged`() throws {
        #expect(try Self.complaints(SchemaDirectory.ours) == [])
    }

    @Test func `a changed, a new and a missing one are found`() throws {
        let directory = try SchemaDirectory(copying: SchemaDirectory.ours)
        try directory.write("0002_tenancy.sql", directory.read("0002_tenancy.sql") + " ")
        try directory.write("checksums.txt", directory.read("checksums.txt") + "00  9998_gone.sql\n")
        let files = try SchemaFiles(directory: directory.path).migrations
        let new = "\(String(format: "%04d", files.count + 1))_new.sql"
        try directory.write(new, "SELECT 1")
        #expect(
            try Self.complaints(directory.path) == [
                "0002_tenancy.sql was changed; write a new migration instead", "\(new) is not in checksums.txt",
                "9998_gone.sql is gone",
            ])
    }

    @Test func `no file is longer than one can read`() throws {
        let files = try SchemaFiles(directory: SchemaDirectory.ours)
        let texts = files.migrations.map { ($0.name, $0.text) } + (files.functions ?? []).map { ($0.path, $0.text) }
        for (name, text) in texts {
            #expect(text.count { $0 == "\n" } <= 300, "\(name)")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(name)")
        }
    }
}
