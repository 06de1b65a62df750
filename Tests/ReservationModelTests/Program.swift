import Foundation

/// A program of the system, found by its name on the path.
struct Program {
    /// What keeps a program from giving an answer.
    enum Failure: Error, CustomStringConvertible {
        case missing(name: String, package: String)
        case failed(command: String, status: Int32, output: String)
        case late(command: String, limit: Duration)

        var description: String {
            switch self {
            case .missing(let name, let package):
                "`\(name)` is not on the path, and the model cannot be checked without it: apt-get install \(package)"
            case .failed(let command, let status, let output): "\(command) ended with \(status):\n\(output)"
            case .late(let command, let limit): "\(command) was still running after \(limit)"
            }
        }
    }

    private let location: URL

    /// Finds a program; `package` is what Debian calls the package that has it.
    init(_ name: String, package: String) throws(Failure) {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let candidates = directories.map { URL(filePath: String($0)).appending(path: name) }
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw .missing(name: name, package: package)
        }
        location = found
    }

    /// A program that was just built.
    init(at location: URL) {
        self.location = location
    }

    /// Runs to the end and hands out what was written to both outputs, which go to a file: a full pipe would stop the
    /// program for good.
    func run(_ arguments: [String], in directory: URL, limit: Duration) async throws -> String {
        let command = ([location.lastPathComponent] + arguments).joined(separator: " ")
        let log = directory.appending(path: "\(location.lastPathComponent).log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        defer { try? output.close() }

        let process = Process()
        process.executableURL = location
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended in
            end.yield(ended.terminationReason == .exit ? ended.terminationStatus : -ended.terminationStatus)
            end.finish()
        }
        try process.run()

        let identifier = process.processIdentifier
        let watch = Task {
            try await Task.sleep(for: limit)
            kill(identifier, SIGKILL)
        }
        var status: Int32?
        for await ended in ends { status = ended }
        watch.cancel()
        let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        guard status != -SIGKILL else { throw Failure.late(command: command, limit: limit) }
        guard status == 0 else { throw Failure.failed(command: command, status: status ?? -1, output: text) }
        return text
    }
}
