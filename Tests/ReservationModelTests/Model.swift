import Foundation

/// The model beside this file, in one of its shapes.
struct Model: Hashable {
    /// Who meets whom; the raw value is what the model calls it.
    enum Scenario: Int, CaseIterable {
        case bookings = 1
        case visits
        case twins
        case holds
        case changes
        case attendance
    }

    /// What is looked for.
    enum Search {
        /// Violated claims and deadlocks.
        case safety
        /// Runs without end: there is no progress label, so every cycle is one without progress.
        case termination
    }

    var scenario: Scenario
    /// The rule that is broken; nil leaves the protocol as it is.
    var variant: String?
    var search = Search.safety

    /// Builds and runs the checker in a directory of its own.
    func verify() async throws -> Verdict {
        let spin = try Program("spin", package: "spin")
        let compiler = try Program("cc", package: "gcc")
        let files = FileManager.default
        let directory = files.temporaryDirectory.appending(path: "reservation-model-\(UUID())")
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: directory) }
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reservation.pml")
        try files.copyItem(at: source, to: directory.appending(path: "reservation.pml"))

        let defines =
            ["SCENARIO=\(scenario.rawValue)"] + [variant, search == .termination ? "FEWER" : nil].compactMap(\.self)
        _ = try await spin.run(
            defines.map { "-D\($0)" } + ["-a", "reservation.pml"], in: directory, limit: .seconds(30))
        // A fault is found long before the checker's speed matters. MEMLIM is in megabytes; the generated code is not
        // ours to free of warnings.
        let optimization = variant == nil ? "-O2" : "-O0"
        let mode = search == .safety ? "-DSAFETY" : "-DNP"
        _ = try await compiler.run(
            [optimization, "-w", "-DCOLLAPSE", "-DMEMLIM=1000", mode, "-o", "pan", "pan.c"], in: directory,
            limit: .seconds(120))
        let checker = Program(at: directory.appending(path: "pan"))
        let output = try await checker.run(
            ["-m10000"] + (search == .safety ? [] : ["-l"]), in: directory, limit: .seconds(300))
        return Verdict(output: output)
    }
}

/// Remembers verdicts, so that two tests about one run need only one.
actor Verdicts {
    static let shared = Verdicts()
    private var known: [Model: Task<Verdict, any Error>] = [:]

    func verdict(of model: Model) async throws -> Verdict {
        let task = known[model] ?? Task { try await model.verify() }
        known[model] = task
        return try await task.value
    }
}
