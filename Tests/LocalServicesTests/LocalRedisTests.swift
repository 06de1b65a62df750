import Foundation
import Testing

@testable import LocalServices

@Suite struct LocalRedisTests {
    @Test func `a served directory is refused, and a killed server starts again at its address`() async throws {
        try await withScratchDirectory { directory in
            let first = try await LocalRedis.start(directory: directory, logger: logger)
            await #expect(
                throws: LocalServicesError.alreadyRunning(directory: directory, processID: first.processID)
            ) {
                try await LocalRedis.start(directory: directory, logger: logger)
            }
            #expect(LocalRedis.runningURL(directory: directory) == first.url)
            await first.kill()
            #expect(!ProcessTable.isAlive(first.processID))
            #expect(LocalRedis.runningURL(directory: directory) == nil)

            let second = try await LocalRedis.start(directory: directory, logger: logger)
            #expect(second.url == first.url)
            #expect(second.processID != first.processID)
            await second.stop()
            #expect(!ProcessTable.isAlive(second.processID))
        }
    }

    @Test func `the options reach the server`() async throws {
        try await withScratchDirectory { directory in
            var options = LocalRedis.Options()
            options.maximumMemory = 3 << 20
            let server = try await LocalRedis.start(directory: directory, options: options, logger: logger)
            let arguments = ProcessTable.arguments(of: server.processID)
            // Redis rewrites its title to where it listens.
            #expect(arguments.joined(separator: " ").contains("unixsocket:"))
            let answer = try ask(server, "CONFIG GET max*m*y*\r\nCONFIG GET save\r\n")
            #expect(answer.contains("\(3 << 20)"))
            #expect(answer.contains("allkeys-lru"))
            await server.stop()
        }
    }

    @Test func `a server that does not come up is reported with the end of its log`() async throws {
        try await withScratchDirectory { directory in
            var options = LocalRedis.Options()
            options.maximumMemory = -1
            let error = await #expect(throws: LocalServicesError.self) {
                try await LocalRedis.start(directory: directory, options: options, logger: logger)
            }
            #expect(error?.description.contains("maxmemory") == true)
        }
    }

    @Test func `it listens on a loopback port when told to`() async throws {
        try await withScratchDirectory { directory in
            var options = LocalRedis.Options()
            // Beyond the range that Linux gives out by itself, and by process, so that parallel runs differ.
            let port = UInt16(20_000 + getpid() % 10_000)
            options.loopbackPort = port
            let server = try await LocalRedis.start(directory: directory, options: options, logger: logger)
            #expect(try ask(server, "CONFIG GET port\r\nCONFIG GET bind\r\n").contains("\(port)"))
            await server.stop()
        }
    }

    private func ask(_ server: LocalRedis, _ question: String) throws -> String {
        let connection = RedisProbe.connected(toSocket: server.socket)
        let descriptor = try #require(connection)
        defer { close(descriptor) }
        return RedisProbe.exchange(question + "QUIT\r\n", on: descriptor)
    }
}
