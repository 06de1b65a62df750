import Foundation
import LocalServices
import Timing

/// Load over HTTP by `wrk`, on the same cores as the server.
struct WebLoad: Sendable {
    /// What wrk printed.
    struct Result: Sendable {
        var rate: Double
        var p50: Double
        var p99: Double
        /// Answers a second that were refusals.
        var refused: Double = 0
    }

    let script: String?
    let seconds: Int
    /// Whether refusals are answers like others, as where customers want the same time.
    var allowsRefusals = false

    /// A script that asks for one path after the other.
    static func script(paths: [String]) -> String {
        let list = paths.map { "\"\($0)\"" }.joined(separator: ",\n")
        return """
            local paths = {
            \(list)
            }
            local requests = {}
            local next = 0
            function init(args)
                next = math.random(#paths)
                for i, path in ipairs(paths) do requests[i] = wrk.format(nil, path) end
            end
            function request()
                next = next % #requests + 1
                return requests[next]
            end
            """
    }

    func run(port: Int, connections: Int, path: String = "/") async throws -> Result {
        var arguments = ["-t", connections > 1 ? "2" : "1", "-c", "\(connections)", "-d", "\(seconds)s", "--latency"]
        if let script { arguments += ["-s", script] }
        let output = try await Program.run("wrk", arguments + ["http://127.0.0.1:\(port)\(path)"])
        guard let rate = Self.value(after: "Requests/sec:", in: output).flatMap(Double.init) else {
            throw Program.Failure(description: "wrk printed no rate:\n\(output)")
        }
        var refused = 0.0
        if let errors = Self.value(after: "Non-2xx or 3xx responses:", in: output) {
            guard allowsRefusals else { throw Program.Failure(description: "\(errors) requests were refused") }
            refused = (Double(errors) ?? 0) / Double(seconds)
        }
        var result = Result(
            rate: rate, p50: Self.milliseconds(Self.value(after: "50%", in: output)),
            p99: Self.milliseconds(Self.value(after: "99%", in: output)))
        result.refused = refused
        return result
    }

    private static func value(after label: String, in output: String) -> String? {
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ").joined(separator: " ")
            if words.hasPrefix(label) {
                return words.dropFirst(label.count).split(separator: " ").first.map(String.init)
            }
        }
        return nil
    }

    private static func milliseconds(_ text: String?) -> Double {
        guard let text else { return .nan }
        if text.hasSuffix("us") { return (Double(text.dropLast(2)) ?? .nan) / 1_000 }
        if text.hasSuffix("ms") { return Double(text.dropLast(2)) ?? .nan }
        return (Double(text.dropLast()) ?? .nan) * 1_000
    }
}

/// nginx with one file in memory, as the ceiling of what HTTP can give here.
final class StaticServer {
    let size: Int
    private let port: Int
    private let process = Process()

    init(bytes: Data, _ scratch: Scratch) async throws {
        size = bytes.count
        port = Int.random(in: 20_000..<30_000)
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/www", withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: "\(scratch.path)/www/answer.json"))
        let configuration = try scratch.write(
            "nginx.conf",
            """
            daemon off;
            worker_processes 2;
            pid \(scratch.path)/nginx.pid;
            error_log \(scratch.path)/nginx.log;
            events { worker_connections 1024; }
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 100000000;
                open_file_cache max=10;
                types { application/json json; }
                client_body_temp_path \(scratch.path)/nginx-body;
                proxy_temp_path \(scratch.path)/nginx-proxy;
                fastcgi_temp_path \(scratch.path)/nginx-fastcgi;
                uwsgi_temp_path \(scratch.path)/nginx-uwsgi;
                scgi_temp_path \(scratch.path)/nginx-scgi;
                server { listen 127.0.0.1:\(port); root \(scratch.path)/www; }
            }
            """)
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/nginx")
        process.arguments = ["-c", configuration]
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It listens within milliseconds; a first request that is too early would fail the run.
        try await Pause.sleep(for: .milliseconds(500))
    }

    func run(connections: Int, seconds: Int) async throws -> Double {
        try await WebLoad(script: nil, seconds: seconds)
            .run(port: port, connections: connections, path: "/answer.json").rate
    }

    deinit { if process.isRunning { process.terminate() } }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
