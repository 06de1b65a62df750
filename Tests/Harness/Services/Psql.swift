import Foundation
import LocalServices

/// Statements sent through the `psql` program: what the harness needs before, and independently of, the modules
/// under test.
public enum Psql {
    /// What `psql` said about a statement that failed.
    public struct Failure: Error, CustomStringConvertible {
        /// The standard output and error of `psql`.
        public let description: String
    }

    /// Runs SQL on the database of the URL and returns the rows as text: a line each, columns apart by `|`.
    @discardableResult
    public static func run(_ sql: String, at url: String) async throws -> String {
        let program = try LocalPostgres.program("psql")
        return try await withCheckedThrowingContinuation { continuation in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            process.standardInput = FileHandle.nullDevice
            DispatchQueue.global().async {
                do {
                    try process.run()
                    let data = output.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
                    guard process.terminationStatus == 0 else { throw Failure(description: text) }
                    continuation.resume(returning: text)
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
