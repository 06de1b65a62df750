import Foundation
import Synchronization
import Timing

/// `salons up` as it was built, in a directory of its own and on a free port.
final class RunningProgram: Sendable {
    /// What a command printed, and how it ended.
    struct Result: Sendable {
        let status: Int32
        let output: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where commands are run; `.local` in it is the instance's.
    let directory: String
    /// The address, such as `http://127.0.0.1:40001`.
    let address: String
    /// All that was printed until it answered.
    let greeting: String
    private let process: Process

    /// Starts and waits until it answers.
    /// - Parameters:
    ///   - arguments: of `salons up`.
    ///   - shell: what a shell does before, such as lowering a limit; `"$@"` in it is the program, which it must `exec`.
    init(_ arguments: [String], shell: String = #"exec "$@""#) async throws {
        directory = try Self.temporaryDirectory()
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
        var text = ""
        // The machine may be busy; what does not answer at all has ended.
        while !text.contains("\nready http") {
            guard process.isRunning else { throw Failure(description: "salons up ended: \(text)") }
            try await Pause.sleep(for: .milliseconds(50))
            text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        }
        greeting = text
        address = text.split(separator: "\n").last { $0.hasPrefix("ready ") }.map { String($0.dropFirst(6)) } ?? ""
    }

    /// Whether it has not ended.
    var isRunning: Bool { process.isRunning }

    /// Stops everything and removes the directory.
    func stop() async throws {
        process.terminate()
        while process.isRunning { try await Pause.sleep(for: .milliseconds(20)) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Runs a script of a shell where `salons` is found, and gathers all that it prints.
    func shell(_ script: String, path: String = "") async throws -> Result {
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
    static let products: String = {
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

    private static func temporaryDirectory() throws -> String {
        var template = Array("/tmp/salons-story-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // The servers' account must reach it where the tests run as root.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}
