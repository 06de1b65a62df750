import Availability
import BookingAPI
import Calendars
import Catalogue
import DemoData
import Events
import Foundation
import Geodesy
import LocalServices
import Postgres
import Redis
import Reservations
import Tenancy

/// Aim 3: `GET /v1/salons/available` over HTTP beside `nearby` of the same server and PostGIS asked the same, in turns.
struct AvailableBench: Sendable {
    let plan: Plan
    let scratch: Scratch

    private static let radius = 5_000.0
    private static let connections = 32
    private static let withinMinutes = 60

    func run() async throws {
        BenchProgress.clear()
        print("## Available: 20 nearest within 5 km that can start within the hour, \(Self.connections) connections\n")
        for size in plan.httpSizes { try await measure(size) }
        try await cold()
    }

    private func measure(_ size: Int) async throws {
        BenchProgress.title("Available, \(Figures.number(Double(size))) salons")
        let running = try await RunningDirectory(SyntheticSource(count: size))
        let calendars = SyntheticCalendars()
        let board = try await RunningBoard(calendars, events: NoEvents(), cache: nil, capacity: size)
        let server = try await BenchServer(directory: running.directory, availability: board.board)
        let queries = SyntheticSource.queries(2_000)
        let available = try load("available.lua", queries.map(Self.available))
        let nearby = try load("nearby.lua", queries.map(Self.nearby))
        let peer = try await CalendarPeer(size: size, queries: queries, scratch: scratch)

        var ours = Figures(), p99 = Figures(), plain = Figures(), postgis = Figures()
        // Every question once, so that the sheets are warm.
        for _ in 0..<2 { _ = try await available.run(port: server.port, connections: Self.connections) }
        for _ in 0..<plan.repeats {
            let result = try await available.run(port: server.port, connections: Self.connections)
            ours.values.append(result.rate)
            p99.values.append(result.p99)
            plain.values.append(try await nearby.run(port: server.port, connections: Self.connections).rate)
            postgis.values.append(try await peer.rate(radius: Self.radius, seconds: plan.seconds))
            BenchProgress.advance(by: 3)
        }
        let status = board.board.status
        await peer.stop()
        await server.stop()
        await board.stop()
        await running.stop()

        var table = MarkdownTable([
            "\(Figures.number(Double(size))) salons", "requests/s, median (min–max)", "ours ÷ this", "aim 3",
        ])
        table.append(["available over HTTP, warm", ours.text, "1", ""])
        table.append([
            "nearby of the same server", plain.text, Figures.number(ours.median / plain.median),
            Aim.atLeast(0.6, ours.median / plain.median),
        ])
        table.append([
            "PostGIS with a table of free starts, 8 clients, prepared", postgis.text,
            Figures.number(ours.median / postgis.median),
            size >= 1_000_000 ? Aim.atLeast(10, ours.median / postgis.median) : "",
        ])
        table.print()
        print(
            "p99 of ours: \(p99.text) ms. Looks at memory that had to load: "
                + "\(Figures.number(Double(status.misses) / Double(max(1, status.hits + status.misses)) * 100)) %.\n")
    }

    private func load(_ name: String, _ paths: [String]) throws -> WebLoad {
        WebLoad(script: try scratch.write(name, WebLoad.script(paths: paths)), seconds: plan.seconds)
    }

    /// Nothing cached: each question comes to a board and a Redis that know nothing.
    private func cold() async throws {
        let world = try await BookingWorld(salons: 10_000, scratch: scratch)
        let redis = try await LocalRedis.start(
            directory: "\(scratch.path)/redis-cold", options: .disposable, logger: quietLogger("redis"))
        let client = try Redis.Client(try Redis.Configuration(url: redis.url), logger: quietLogger("redis"))
        let running = try await RunningDirectory(
            PostgresDirectorySource(world.database, events: Outbox(world.database)))
        let board = try await RunningBoard(
            PostgresCalendarSource(world.database), events: Outbox(world.database), cache: ScopedCache(client),
            capacity: 20_000)
        let booking = BookingAPI(
            reservations: Reservations(world.database, logger: quietLogger("reservations")),
            calendars: CalendarReader(world.database), onCalendarChange: { _, _ in })
        let server = try await BenchServer(directory: running.directory, availability: board.board, booking: booking)
        var times = Figures()
        for number in 0..<(plan.repeats * 50) {
            board.board.forgetEverything()
            _ = try await client.send([Redis.Command([Array("FLUSHALL".utf8)])])
            let point = Coordinate(
                uncheckedLatitude: 55.4 + Double(number % 17) / 17 * 0.6,
                longitude: 11.8 + Double(number % 23) / 23 * 0.8)
            guard let url = URL(string: "http://127.0.0.1:\(server.port)\(Self.available(point))") else { continue }
            let seconds = try await Program.run(
                "curl", ["-s", "-o", "/dev/null", "-w", "%{time_total}", url.absoluteString])
            times.values.append((Double(seconds) ?? .nan) * 1_000)
            if number % 50 == 49 { BenchProgress.advance() }
        }
        await server.stop()
        await board.stop()
        await running.stop()
        client.shutdown()
        await redis.stop()
        await world.stop()
        let sorted = times.values.sorted()
        let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        var table = MarkdownTable([
            "cold: nothing in memory or Redis, 10 000 calendars in PostgreSQL, one request at a time", "ms", "aim 3",
        ])
        table.append(["p50", Figures.number(times.median), ""])
        table.append(["p99 of \(sorted.count)", Figures.number(p99), Aim.atMost(50, p99)])
        table.print()
    }

    private static func available(_ origin: Coordinate) -> String {
        String(
            format: "/v1/salons/available?lat=%.5f&lon=%.5f&radius_m=%d&service=haircut&within_min=%d",
            origin.latitude, origin.longitude, Int(radius), withinMinutes)
    }

    private static func nearby(_ origin: Coordinate) -> String {
        String(
            format: "/v1/salons/nearby?lat=%.5f&lon=%.5f&radius_m=%d", origin.latitude, origin.longitude, Int(radius))
    }
}

/// The same salons in PostGIS with the starts that are free, which is the most favourable calendar that it can have.
struct CalendarPeer: Sendable {
    private let postgres: LocalPostgres
    private let queries: [Coordinate]
    private let scratch: Scratch
    private static let clients = 8

    init(size: Int, queries: [Coordinate], scratch: Scratch) async throws {
        self.queries = queries
        self.scratch = scratch
        postgres = try await LocalPostgres.start(
            directory: "\(scratch.path)/postgres-calendar-\(size)", options: .disposable,
            logger: quietLogger("postgres"))
        let connection = try await Connection.connect(Postgres.Configuration(postgres.url(database: "postgres")))
        try await Self.fill(connection, size: size)
        await connection.close()
    }

    func stop() async { await postgres.stop() }

    /// Half hours from the present one on; two people, one half hour of `freeOneIn` free.
    private static func fill(_ connection: isolated Connection, size: Int) throws {
        try Peers.fill(connection, size: size)
        let share = 1.0 / Double(SyntheticCalendars.freeOneIn)
        try connection.executeScript(
            unsafe: """
                CREATE TABLE free_start AS
                SELECT id AS salon_id, date_trunc('hour', now()) + slot * interval '30 min' AS starts_at
                FROM salon, generate_series(0, 3) AS slot
                WHERE random() < 1 - (1 - \(share)) * (1 - \(share));
                CREATE INDEX ON free_start (salon_id, starts_at);
                """)
        try connection.executeScript(unsafe: "VACUUM ANALYZE free_start")
    }

    /// Searches a second by eight clients of pgbench.
    func rate(radius: Double, seconds: Int) async throws -> Double {
        var scripts: [String] = []
        for (number, query) in queries.prefix(120).enumerated() {
            let point = "ST_SetSRID(ST_MakePoint(\(query.longitude), \(query.latitude)), 4326)::geography"
            let file = try scratch.write(
                "calendar-\(number).sql",
                """
                SELECT id, ST_Distance(location, \(point)),
                    (SELECT min(starts_at) FROM free_start WHERE salon_id = id
                        AND starts_at BETWEEN now() AND now() + interval '1 hour')
                FROM salon WHERE ST_DWithin(location, \(point), \(radius))
                    AND EXISTS (SELECT FROM free_start WHERE salon_id = id
                        AND starts_at BETWEEN now() AND now() + interval '1 hour')
                ORDER BY location <-> \(point) LIMIT 20;
                """)
            scripts += ["-f", file]
        }
        func run(_ transactions: Int) async throws -> Double {
            try await Pgbench.rate(
                scripts: scripts, clients: Self.clients, transactions: transactions, prepared: true,
                socket: postgres.socketDirectory, database: "postgres")
        }
        let first = try await run(100)
        return try await run(max(100, Int(first * Double(seconds)) / Self.clients))
    }
}
