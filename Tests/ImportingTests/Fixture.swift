import Catalogue
import Foundation
import Salons

@testable import Importing

/// A directory of its own with files made for one test.
final class Fixture {
    let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/importing-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = directory + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func file(_ name: String, _ text: String) throws -> String {
        try file(name, Array(text.utf8))
    }

    /// The cells of all rows by column name, and their damage under `!`.
    static func rows(_ reader: any RowReader) throws -> [[String: String]] {
        var rows: [[String: String]] = []
        while let row = try reader.next() {
            var cells: [String: String] = [:]
            for cell in row.cells { cells[reader.columns[cell.column]] = cell.value }
            if let damage = row.damage { cells["!"] = "\(row.line): \(damage)" }
            rows.append(cells)
        }
        return rows
    }
}

/// A target that keeps what it is given and knows what it has seen.
actor MemoryTarget: ImportTarget {
    private(set) var salons: [SourceReference: ImportedSalon] = [:]
    private(set) var batches: [Int] = []

    func upsert(_ rows: [ImportedSalon]) async throws -> UpsertCounts {
        var counts = UpsertCounts()
        batches.append(rows.count)
        for row in rows {
            let old = salons.updateValue(row, forKey: row.profile.source)
            if old == nil {
                counts.inserted += 1
            } else if old == row {
                counts.unchanged += 1
            } else {
                counts.updated += 1
            }
        }
        return counts
    }
}
