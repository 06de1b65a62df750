import Foundation
import Synchronization

/// `salons up` as it was built, in a directory of its own and on a free port.
public final class RunningProgram: Sendable {
    /// What a command printed, and how it ended.
    public struct Result: Sendable {
        /// 0 when it went well.
        public let status: Int32
        /// Standard output and error, as they came.
        public let output: String

        /// What a test makes of several.
        public init(status: Int32, output: String) {
            self.status = status
            self.output = output
        }
    }

    /// The program ended before it answered.
    public struct Failure: Error, CustomStringConvertible {
        /// What it had printed.
        public let description: String
    }

    /// Where commands are run; `.local` in it is the instance's.
    public let directory: String
    /// The address, such as `http://127.0.0.1:40001`.
    public let address: String
    /// All that was printed until it answered.
    public let greeting: String
    private let process: Process

    /// Starts and waits until it answers.
    /// - Parameters:
    ///   - arguments: of `salons up`.
    ///   - shell: what a shell does before, such as lowering a limit; `"$@"` in it is the program, which it must
    ///     `exec`.
    public init(_ arguments: [String], shell: String = #"exec "$@""#) async throws {
        directory = try makeTemporaryDirectory("program")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", shell, "bash", "\(Self.products)/salons", "up", "--port", "0"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = Self.environment
        let log = "\(directory)/up.log"
        guard FileManager.default.createFile(atPath: log, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        let output = FileHandle(forWritingAtPath: log)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let started = process
        greeting = try await eventually {
            let text = try String(contentsOfFile: log, encoding: .utf8)
            guard started.isRunning else { throw Failure(description: "salons up ended: \(text)") }
            return text
        } until: {
            $0.contains("\nready http")
        }
        address = greeting.split(separator: "\n").last { $0.hasPrefix("ready ") }.map { String($0.dropFirst(6)) } ?? ""
    }

    /// Whether it has not ended.
    public var isRunning: Bool { process.isRunning }

    /// Sends a signal, such as `SIGSTOP`, to all processes of its PostgreSQL.
    public func signalPostgres(_ number: Int32) throws {
        let file = "\(directory)/.local/postgres/data/postmaster.pid"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard let postmaster = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw Failure(description: "no process in \(file)")
        }
        try PostgresProcesses.signal(number, postmaster: postmaster)
    }

    /// Stops everything and removes the directory.
    public func stop() async throws {
        process.terminate()
        try await eventually { !process.isRunning }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Runs a script of a shell where `salons` is found, and gathers all that it prints.
    public func shell(_ script: String, path: String = "") async throws -> Result {
        let file = "\(directory)/script-\(UUID()).sh"
        try Data(script.utf8).write(to: URL(fileURLWithPath: file))
        return try await Self.run("/bin/bash", [file], in: directory, path: path)
    }

    private static func run(
        _ program: String, _ arguments: [String], in directory: String, path: String
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        var environment = environment
        if !path.isEmpty { environment["PATH"] = "\(path):\(environment["PATH"] ?? "")" }
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    try process.run()
                    let data = output.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    let text = String(decoding: data, as: UTF8.self)
                    continuation.resume(returning: Result(status: process.terminationStatus, output: text))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// Where the tests and `salons` were built.
    public static let products: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().path
    }()

    /// Only what a reader's shell has, so that no setting of this machine decides.
    private static let environment: [String: String] = {
        var kept = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SALONS_") }
        kept["PATH"] = "\(products):\(kept["PATH"] ?? "/usr/bin:/bin")"
        kept["COLUMNS"] = "120"
        return kept
    }()
}
