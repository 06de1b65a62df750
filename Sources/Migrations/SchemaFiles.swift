import Crypto
import DataEncodings
import Foundation

/// What a directory says that a schema is: numbered migrations, each applied once, and below `functions` the functions
/// and triggers as they are now, each file applied again when it changes.
struct SchemaFiles: Sendable {
    let directory: String
    /// In order of their numbers, which begin at 1 and have no gaps.
    let migrations: [Migration]
    /// In order of their paths; nil where there is no directory of them.
    let functions: [FunctionFile]?

    /// The present schema as PostgreSQL describes it. For readers: nothing of it is applied.
    private static let dump = "schema.sql"

    /// Reads all files. Throws `MigrationError`.
    init(directory: String) throws(MigrationError) {
        self.directory = directory
        var migrations: [Migration] = []
        for name in try Self.names(directory) where name.hasSuffix(".sql") && name != Self.dump {
            let digits = name.prefix { $0.isNumber }
            guard digits.utf8.count == 4, let number = Int32(digits), Int(number) == migrations.count + 1,
                name.dropFirst(4).hasPrefix("_")
            else { throw .misnamed(name) }
            let (text, checksum) = try Self.read("\(directory)/\(name)")
            migrations.append(Migration(number: number, name: name, checksum: checksum, text: text))
        }
        guard !migrations.isEmpty else { throw .unreadable(directory) }
        self.migrations = migrations
        self.functions = try Self.functions(in: directory)
    }

    private static func functions(in directory: String) throws(MigrationError) -> [FunctionFile]? {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(directory)/functions", isDirectory: &isDirectory) else {
            return nil
        }
        guard isDirectory.boolValue else { throw .misnamedFunctions("functions") }
        var files: [FunctionFile] = []
        for capability in try names("\(directory)/functions") {
            guard isWord(capability), !capability.hasSuffix(".sql") else {
                throw .misnamedFunctions("functions/\(capability)")
            }
            for name in try names("\(directory)/functions/\(capability)") {
                let path = "functions/\(capability)/\(name)"
                guard name.hasSuffix(".sql"), isWord(name.dropLast(4)) else { throw .misnamedFunctions(path) }
                let (text, checksum) = try read("\(directory)/\(path)")
                files.append(FunctionFile(path: path, checksum: checksum, text: text))
            }
        }
        return files
    }

    private static func isWord(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// What is in a directory, in order; not what editors and systems hide there.
    private static func names(_ directory: String) throws(MigrationError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw .unreadable(directory)
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func read(_ path: String) throws(MigrationError) -> (text: String, checksum: String) {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else { throw .unreadable(path) }
        return (text, Base16.text(SHA256.hash(data: data)))
    }
}

/// A numbered file, which is frozen once a database has it.
public struct Migration: Sendable, Hashable {
    /// Its number, from 1.
    public let number: Int32
    /// Its file name.
    public let name: String
    /// SHA-256 of the file, in hexadecimal.
    public let checksum: String
    let text: String
}

/// A file that makes a function, or a tight family of them, with its triggers, owner and grants.
public struct FunctionFile: Sendable, Hashable {
    /// `functions/capability/name.sql`.
    public let path: String
    /// SHA-256 of the file, in hexadecimal.
    public let checksum: String
    let text: String
}
