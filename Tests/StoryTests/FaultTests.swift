import Foundation
import Harness
import Testing
import Timing

/// What the world does to a process from outside must not end it.
@Suite(.serialized)
struct `A service among faults` {
    @Test(.timeLimit(.minutes(5))) func `outlives more silent connections than it may open files`() async throws {
        let program = try await RunningProgram(
            ["--empty"], shell: #"ulimit -n 400; export SALONS_DATABASE_CONNECTIONS=8; exec "$@""#)
        let port = try #require(program.address.split(separator: ":").last.flatMap { UInt16($0) })
        let silent = (0..<600).compactMap { _ in Wire.connect(port) }
        #expect(silent.count > 400)
        // Those that cannot be accepted wait in the kernel; the ones that were must not have cost the process its last
        // file.
        try await Pause.sleep(for: .seconds(1))
        #expect(program.isRunning)
        for descriptor in silent { close(descriptor) }
        try await eventually { try await program.status("/healthz") == 200 }
        try await program.stop()
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [#"exec "$@" 2>/dev/full"#, #"exec "$@" 2> >(true)"#, #"exec "$@" 2>&-"#])
    func `outlives a log that cannot be written`(shell: String) async throws {
        let program = try await RunningProgram(["--empty"], shell: "export SALONS_LOG_LEVEL=debug; " + shell)
        for _ in 0..<20 {
            #expect(try await program.status("/v1/salons/nearby?lat=55.68&lon=12.57") == 200)
            #expect(try await program.status("/no-such-path") == 404)
        }
        #expect(program.isRunning)
        let metrics = try await program.shell("curl -s \(program.address)/metrics").output
        let dropped = metrics.split(separator: "\n").first { $0.hasPrefix("salons_log_lines_dropped_total ") }
        #expect(dropped.map { !$0.hasSuffix(" 0.0") } == true, "\(dropped ?? "no figure")")
        try await program.stop()
    }

    @Test(.timeLimit(.minutes(5))) func `answers by its deadline while PostgreSQL hangs, and heals`() async throws {
        let program = try await RunningProgram(
            ["--demo", "12", "--extract", "none"],
            shell: #"export SALONS_REQUEST_DEADLINE_MS=1500 SALONS_DATABASE_CONNECTIONS=4; exec "$@""#)
        let nearby = "/v1/salons/nearby?lat=55.68&lon=12.57&limit=1"
        let found = try await program.shell("curl -s '\(program.address)\(nearby)'").output
        let id = try #require(found.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.1)
        let slots = "/v1/salons/\(id)/slots?service=haircut"
        #expect(try await program.status(slots) == 200)
        try program.signalPostgres(SIGSTOP)
        // As many as there are connections and more, so that none is left that does not hang.
        for _ in 0..<8 {
            let status = try await program.status(slots)
            #expect(status == 503 || status == 504)
        }
        #expect(try await program.status(nearby) == 200)
        try await eventually { try await program.says(#""bookings":{"ok":false}"#) }
        #expect(try await program.status("/readyz") == 200)
        try program.signalPostgres(SIGCONT)
        try await eventually { try await program.status(slots) == 200 }
        try await eventually { try await program.says(#""bookings":{"ok":true}"#) }
        try await program.stop()
    }
}

extension RunningProgram {
    /// The status of a GET.
    fileprivate func status(_ target: String) async throws -> Int {
        let output = try await shell("curl -s -m 60 -o answer -w '%{http_code}' '\(address)\(target)'").output
        return Int(output) ?? 0
    }

    /// Whether `/readyz` contains a text.
    fileprivate func says(_ text: String) async throws -> Bool {
        try await shell("curl -s -m 60 \(address)/readyz").output.contains(text)
    }
}

/// Bare connections.
private enum Wire {
    /// Connects to a port of this machine and says nothing.
    static func connect(_ port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }
}
