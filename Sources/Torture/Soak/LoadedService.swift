import Foundation
import Timing

/// `salons up` in a process of its own.
final class LoadedService: Sendable {
    private let process: Process
    /// The port that it listens on.
    let port: UInt16

    /// Starts and waits until it answers.
    init(_ plan: SoakPlan) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: plan.program)
        process.arguments = [
            "up", "--port", "0", "--dir", "\(plan.directory)/service", "--demo", "\(plan.salons)", "--extract", "none",
        ]
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SALONS_") }
        environment["SALONS_MIGRATIONS_DIR"] = plan.migrations
        // The log of a run is what went wrong in it.
        environment["SALONS_LOG_LEVEL"] = "warning"
        process.environment = environment
        let log = "\(plan.directory)/service.log"
        guard FileManager.default.createFile(atPath: log, contents: nil),
            let output = FileHandle(forWritingAtPath: log)
        else { throw TortureFailure("cannot write \(log)") }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
        port = try await Self.port(in: log, of: process)
    }

    private static func port(in log: String, of process: Process) async throws -> UInt16 {
        while true {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") where line.hasPrefix("ready http") {
                if let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) { return port }
            }
            guard process.isRunning else { throw TortureFailure("the service did not start:\n\(text)") }
            try await Pause.sleep(for: .milliseconds(50))
        }
    }

    /// Resident memory in bytes.
    var memory: Int {
        let path = "/proc/\(process.processIdentifier)/statm"
        let pages = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ").dropFirst().first
        return (pages.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// How it ended, if it has.
    var ending: String? {
        guard !process.isRunning else { return nil }
        let how = process.terminationReason == .uncaughtSignal ? "signal" : "status"
        return "\(how) \(process.terminationStatus)"
    }

    /// Stops it; says what was wrong with that.
    func stop() async throws -> String? {
        if let ending { return ending }
        process.terminate()
        while process.isRunning { try await Pause.sleep(for: .milliseconds(20)) }
        return process.terminationStatus == 0 ? nil : ending
    }
}
