import Availability
import BookingAPI
import DemoData
import Directory
import Discovery
import Foundation
import Geodesy
import HTTPKit
import Interface
import LocalServices
import OperationsAPI
import Postgres
import Redis
import Tenancy

/// Aim 2: `GET /v1/salons/nearby` over HTTP beside Redis, PostGIS and nginx, in turns on the same cores.
struct HTTPBench: Sendable {
    let plan: Plan
    let scratch: Scratch

    private static let radius = 5_000.0
    private static let connections = 32

    func run() async throws {
        BenchProgress.clear()
        print("## HTTP: 20 nearest within 5 km, full cards, \(Self.connections) connections\n")
        for size in plan.httpSizes { try await measure(size) }
    }

    private func measure(_ size: Int) async throws {
        BenchProgress.title("HTTP, \(Figures.number(Double(size))) salons")
        let running = try await RunningDirectory(SyntheticSource(count: size))
        let server = try await BenchServer(directory: running.directory)
        let queries = SyntheticSource.queries(5_000)
        let load = WebLoad(
            script: try scratch.write("nearby.lua", WebLoad.script(paths: queries.map(Self.path))),
            seconds: plan.seconds)
        let peers = try await Peers(size: size, queries: queries, scratch: scratch)
        let nginx = try await StaticServer(
            bytes: try await server.medianAnswer(queries.prefix(200).map(Self.path)), scratch)

        var ours = Figures(), p50 = Figures(), p99 = Figures(), redis = Figures(), postgis = Figures(),
            files = Figures()
        _ = try await load.run(port: server.port, connections: Self.connections)
        for _ in 0..<plan.repeats {
            let result = try await load.run(port: server.port, connections: Self.connections)
            ours.values.append(result.rate)
            p50.values.append(result.p50)
            p99.values.append(result.p99)
            files.values.append(try await nginx.run(connections: Self.connections, seconds: plan.seconds))
            redis.values.append(try await peers.redisRate(radius: Self.radius, seconds: plan.seconds))
            postgis.values.append(try await peers.postgisRate(radius: Self.radius, seconds: plan.seconds))
            BenchProgress.advance(by: 4)
        }
        let half = try await halfLoad(load, server.port, peak: ours.median)
        nginx.stop()
        await peers.stop()
        await server.stop()
        await running.stop()

        let isMillion = size >= 1_000_000
        var table = MarkdownTable([
            "\(Figures.number(Double(size))) salons", "requests/s, median (min–max)", "ours ÷ this", "aim 2",
        ])
        table.append(["ours over HTTP", ours.text, "1", ""])
        table.append([
            "Redis GEOSEARCH, 8 connections", redis.text, Figures.number(ours.median / redis.median),
            Aim.atLeast(isMillion ? 30 : 3, ours.median / redis.median),
        ])
        table.append([
            "PostGIS, 8 clients, prepared", postgis.text, Figures.number(ours.median / postgis.median),
            Aim.atLeast(isMillion ? 6 : 3, ours.median / postgis.median),
        ])
        table.append([
            "nginx, a file of \(nginx.size) bytes", files.text, Figures.number(ours.median / files.median),
            Aim.atLeast(0.4, ours.median / files.median),
        ])
        table.print()
        var latency = MarkdownTable(["latency at", "p50 ms", "p99 ms", "aim (p99)"])
        latency.append(["\(Self.connections) connections", p50.text, p99.text, Aim.atMost(5, p99.median)])
        latency.append([
            "\(half.connections) connections, \(Figures.number(half.result.rate / ours.median)) of the load",
            Figures.number(half.result.p50), Figures.number(half.result.p99), Aim.atMost(1, half.result.p99),
        ])
        latency.print()
    }

    /// The fewest connections that reach half of the peak: the load generator cannot hold a rate.
    private func halfLoad(
        _ load: WebLoad, _ port: Int, peak: Double
    ) async throws -> (connections: Int, result: WebLoad.Result) {
        var connections = 1
        while true {
            let result = try await load.run(port: port, connections: connections)
            if result.rate >= peak / 2 || connections >= Self.connections { return (connections, result) }
            connections *= 2
        }
    }

    private static func path(_ origin: Coordinate) -> String {
        String(
            format: "/v1/salons/nearby?lat=%.5f&lon=%.5f&radius_m=%d", origin.latitude, origin.longitude, Int(radius))
    }
}

/// The real HTTP door over a directory, on a free port.
struct BenchServer: Sendable {
    let port: Int
    private let task: Task<Void, any Error>

    /// Everyone is the marketplace.
    private struct OpenDoor: ScopeResolving {
        func scope(publishableKey: String, origin: String?) async throws -> TenantScope { .marketplace }
        func scope(host: String) async throws -> TenantScope { .marketplace }
        func isMarketplace(host: String?) -> Bool { true }
    }

    init(
        directory: Directory, availability: AvailabilityBoard? = nil, booking: BookingAPI? = nil
    ) async throws {
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let operations = OperationsAPI(
            readiness: {
                Readiness(
                    isDirectoryLoaded: true, isFeedHealthy: true, lagSeconds: 0, areCalendarsCurrent: true,
                    isDatabaseAnswering: true, isCacheHealthy: nil)
            }, gathered: { [] })
        let server = SalonInterface.service(
            HTTPConfiguration(port: 0), discovery: Discovery(directory: directory, availability: availability),
            booking: booking, operations: operations, resolver: OpenDoor(), logger: quietLogger("http"),
            onListening: { announce.yield($0) })
        self.task = Task { try await server.run() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { throw Program.Failure(description: "the server did not start") }
        self.port = port
    }

    /// An answer of the median size among some questions.
    func medianAnswer(_ paths: [String]) async throws -> Data {
        var answers: [Data] = []
        for path in paths {
            answers.append(Data(try await Program.run("curl", ["-s", "http://127.0.0.1:\(port)\(path)"]).utf8))
        }
        return answers.sorted { $0.count < $1.count }[answers.count / 2]
    }

    func stop() async {
        task.cancel()
        _ = try? await task.value
    }
}
