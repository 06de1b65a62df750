import ArgumentParser
import Foundation
import Logging

/// Measures the service beside its peers on data from a seed, and prints the tables.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salons-bench",
        abstract: "Measure the search beside its peers; every figure is of this run on this machine.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case kernel
        case http
        case load
        case available
        case booking
    }

    @Option(help: "Salons of the kernel's table, separated by commas.")
    var sizes = "10000,100000,1000000"

    @Option(help: "Salons of the HTTP table, separated by commas.")
    var httpSizes = "100000,1000000"

    @Option(help: "Salons of the load table.")
    var loadSize = 1_000_000

    @Option(help: "How often each measurement is made; the median counts.")
    var repeats = 5

    @Option(help: "Seconds of one measurement.")
    var seconds = 4

    @Option(help: "Only one part.")
    var only: Part?

    @Flag(help: "Small sizes and short measurements: whether it works, not how fast.")
    var quick = false

    func run() async throws {
        var plan = Plan(
            kernelSizes: try Self.numbers(sizes), httpSizes: try Self.numbers(httpSizes), loadSize: loadSize,
            repeats: repeats, seconds: seconds)
        if quick {
            plan = Plan(kernelSizes: [10_000], httpSizes: [10_000], loadSize: 20_000, repeats: 2, seconds: 1)
        }
        guard plan.repeats > 0, plan.seconds > 0, plan.loadSize > 0 else {
            throw ValidationError("--repeats, --seconds and --load-size must be at least 1")
        }
        print("Run on \(Date.now.formatted(.iso8601)), \(ProcessInfo.processInfo.activeProcessorCount) cores,")
        print("with: \(CommandLine.arguments.joined(separator: " "))\n")
        BenchProgress.start(plan, parts: only.map { [$0] } ?? Part.allCases)
        defer { BenchProgress.clear() }
        let directory = try Scratch()
        defer { directory.remove() }
        if only == nil || only == .kernel { try await KernelBench(plan: plan).run() }
        if only == nil || only == .http { try await HTTPBench(plan: plan, scratch: directory).run() }
        if only == nil || only == .available { try await AvailableBench(plan: plan, scratch: directory).run() }
        if only == nil || only == .booking { try await BookingBench(plan: plan, scratch: directory).run() }
        if only == nil || only == .load { try await LoadBench(plan: plan, scratch: directory).run() }
    }

    private static func numbers(_ text: String) throws -> [Int] {
        try text.split(separator: ",").map { part in
            guard let number = Int(part), number > 0 else {
                throw ValidationError("'\(part)' is not a number of salons")
            }
            return number
        }
    }
}

/// What is measured, and how often.
struct Plan: Sendable {
    var kernelSizes: [Int]
    var httpSizes: [Int]
    var loadSize: Int
    var repeats: Int
    var seconds: Int
}

/// Levels that only show what went wrong.
func quietLogger(_ label: String) -> Logger {
    var logger = Logger(label: label)
    logger.logLevel = .error
    return logger
}
