import Foundation
import Harness
import Testing

@testable import LocalServices

@Suite struct SupervisionTests {
    @Test func `the servers end with a parent that is killed`() async throws {
        try await withScratchDirectory { directory in
            await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
                let postgres = try await LocalPostgres.start(directory: directory + "/p", options: kept, logger: logger)
                let cache = try await LocalRedis.start(directory: directory + "/r", logger: logger)
                try "\(postgres.processID) \(cache.processID)"
                    .write(toFile: directory + "/processes", atomically: false, encoding: .utf8)
                withExtendedLifetime((postgres, cache)) { _ = kill(getpid(), SIGKILL) }
            }
            let text = try String(contentsOfFile: directory + "/processes", encoding: .utf8)
            let processes = text.split(separator: " ").compactMap { pid_t($0) }
            #expect(processes.count == 2)
            try await eventually { !processes.contains(where: ProcessTable.isAlive) }
            // A shutdown in order removes the file; a kill would have left it.
            #expect(PostmasterFile(dataDirectory: directory + "/p/data") == nil)
        }
    }

    @Test func `the directories of disposable servers go with a parent that is killed`() async throws {
        try await withScratchDirectory { directory in
            await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
                let postgres = try await LocalPostgres.start(
                    directory: directory + "/p", options: .disposable, logger: logger)
                let cache = try await LocalRedis.start(
                    directory: directory + "/r", options: .disposable, logger: logger)
                withExtendedLifetime((postgres, cache)) { _ = kill(getpid(), SIGKILL) }
            }
            let files = FileManager.default
            try await eventually {
                // The directory itself may stay, empty, where the servers' account may not write its parent.
                ["p", "r"].allSatisfy {
                    (try? files.contentsOfDirectory(atPath: "\(directory)/\($0)"))?.isEmpty ?? true
                }
            }
        }
    }

    @Test func `a server is out of reach of the terminal's Ctrl-C`() async throws {
        try await withScratchDirectory { directory in
            let cache = try await LocalRedis.start(directory: directory, logger: logger)
            #expect(getsid(cache.processID) != getsid(0))
            #expect(getpgid(cache.processID) != getpgid(0))
            await cache.stop()
        }
    }

    @Test func `a server that is let go of is stopped`() async throws {
        try await withScratchDirectory { directory in
            let process = try await LocalRedis.start(directory: directory, logger: logger).processID
            try await eventually { !ProcessTable.isAlive(process) }
        }
    }

    @Test func `a server that ends by itself is noticed and collected`() async throws {
        try await withScratchDirectory { directory in
            let cache = try await LocalRedis.start(directory: directory, logger: logger)
            kill(cache.processID, SIGTERM)
            await cache.waitUntilExit()
            #expect(kill(cache.processID, 0) == -1)
        }
    }
}
