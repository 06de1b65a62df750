import Foundation
import Redis
import Synchronization

/// A `redis-server` of one test's own, on a socket in a temporary directory, which the test may kill and start again.
final class PrivateServer: Sendable {
    struct DidNotStart: Error {}

    private let directory: String
    private let arguments: [String]
    private let process: Mutex<Process?>

    /// Starts the server and returns once it answers. `arguments` are settings such as `--requirepass`.
    init(_ arguments: [String] = []) async throws {
        // Short, since the path of a socket may have 107 bytes only.
        directory = FileManager.default.temporaryDirectory.path + "/redis-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.arguments = arguments
        process = Mutex(nil)
        try await start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    var socket: String { directory + "/redis.sock" }

    /// Settings for this server with limits that a busy machine does not reach.
    var configuration: Configuration {
        var configuration = Configuration(endpoint: .unix(path: socket))
        configuration.commandTimeout = .seconds(20)
        configuration.connectTimeout = .seconds(20)
        configuration.firstBackoff = .milliseconds(5)
        configuration.longestBackoff = .milliseconds(40)
        return configuration
    }

    func start() async throws {
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments =
            [
                "redis-server", "--port", "0", "--unixsocket", socket, "--dir", directory, "--save", "",
                "--appendonly", "no", "--enable-debug-command", "yes",
            ] + arguments
        server.standardOutput = FileHandle.nullDevice
        try server.run()
        process.withLock { $0 = server }
        for _ in 0..<1000 {
            guard FileManager.default.fileExists(atPath: socket) else {
                try await Task.sleep(for: .milliseconds(10))
                continue
            }
            do {
                _ = try await Client(configuration).send([.ping])
                return
            } catch  where error.kind == .server {
                // It wants a password, so it answers.
                return
            } catch {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        throw DidNotStart()
    }

    /// SIGKILL, and waits for the end.
    func kill() {
        process.withLock { process in
            guard let running = process else { return }
            Foundation.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            // It cannot do so itself.
            try? FileManager.default.removeItem(atPath: socket)
            process = nil
        }
    }
}
