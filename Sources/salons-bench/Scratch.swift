import Foundation

/// A directory of this run, reachable for the servers' account.
struct Scratch: Sendable {
    let path: String

    init() throws {
        path = Self.temporary("salons-bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    /// A path in the machine's directory for such things; short, because sockets stand in it.
    static func temporary(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}

/// Runs a program to its end and returns what it printed.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static func run(_ name: String, _ arguments: [String]) async throws -> String {
        // Into a file: a pipe would stay open as long as a server that the program leaves behind.
        let path = Scratch.temporary("salons-bench-output-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let file = FileHandle(forWritingAtPath: path) else { throw Failure(description: "cannot write \(path)") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(description: "\(name) failed:\n\(text)") }
        return text
    }
}
