import DemoData
import Foundation
import Geodesy
import LocalServices
import Postgres
import Redis
import Salons

/// The same salons in Redis and in PostGIS, for asking them the same.
struct Peers: Sendable {
    private static let clients = 8

    private let redis: LocalRedis
    private let client: Redis.Client
    private let postgres: LocalPostgres
    private let queries: [Coordinate]
    private let scratch: Scratch

    init(size: Int, queries: [Coordinate], scratch: Scratch) async throws {
        self.queries = queries
        self.scratch = scratch
        var options = LocalRedis.Options.disposable
        options.maximumMemory = 2 << 30
        redis = try await LocalRedis.start(
            directory: "\(scratch.path)/redis-\(size)", options: options, logger: quietLogger("redis"))
        var configuration = try Redis.Configuration(url: redis.url)
        configuration.connections = Self.clients
        configuration.commandTimeout = .seconds(30)
        client = try Redis.Client(configuration, logger: quietLogger("redis"))
        postgres = try await LocalPostgres.start(
            directory: "\(scratch.path)/postgres-\(size)", options: .disposable, logger: quietLogger("postgres"))
        try await fillRedis(size)
        try await fillPostgres(size)
    }

    func stop() async {
        client.shutdown()
        await redis.stop()
        await postgres.stop()
    }

    private func fillRedis(_ size: Int) async throws {
        var arguments = [Array("GEOADD".utf8), Array("salons".utf8)]
        for (number, salon) in DemoGenerator(seed: SyntheticSource.seed, count: size, style: .europe).enumerated() {
            arguments += [
                Array("\(salon.location.longitude)".utf8), Array("\(salon.location.latitude)".utf8),
                Array("\(number)".utf8),
            ]
            if arguments.count > 6_000 {
                _ = try await client.send([Redis.Command(arguments)])
                arguments.removeLast(arguments.count - 2)
            }
        }
        if arguments.count > 2 { _ = try await client.send([Redis.Command(arguments)]) }
    }

    private func fillPostgres(_ size: Int) async throws {
        let connection = try await Connection.connect(Postgres.Configuration(postgres.url(database: "postgres")))
        try await Self.fill(connection, size: size)
        await connection.close()
    }

    static func fill(_ connection: isolated Connection, size: Int) throws {
        try connection.executeScript(
            unsafe: """
                SET statement_timeout = 0;
                CREATE EXTENSION postgis;
                CREATE TABLE staging (id integer, latitude float8, longitude float8);
                """)
        _ = try connection.copyIn("COPY staging FROM STDIN (FORMAT binary)") { writer in
            for (number, salon) in DemoGenerator(seed: SyntheticSource.seed, count: size, style: .europe).enumerated() {
                try writer.row {
                    $0.write(Int32(number))
                    $0.write(salon.location.latitude)
                    $0.write(salon.location.longitude)
                }
            }
        }
        try connection.executeScript(
            unsafe: """
                CREATE TABLE salon AS SELECT id,
                    ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography(Point, 4326) AS location FROM staging;
                CREATE INDEX ON salon USING gist (location);
                """)
        try connection.executeScript(unsafe: "VACUUM ANALYZE salon")
    }

    /// Searches a second by eight callers, each on its next question when the last is answered.
    func redisRate(radius: Double, seconds: Int) async throws -> Double {
        let client = client
        let queries = queries
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<Self.clients {
                group.addTask {
                    var next = number * 601
                    var done = 0
                    while ContinuousClock.now < end {
                        let query = queries[next % queries.count]
                        next += 1
                        _ = try await client.send([
                            [
                                "GEOSEARCH", "salons", "FROMLONLAT", "\(query.longitude)", "\(query.latitude)",
                                "BYRADIUS",
                                "\(radius)", "m", "ASC", "COUNT", "20", "WITHDIST",
                            ]
                        ])
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(done) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// Transactions a second of pgbench. A child process may have SIGALRM blocked, with which pgbench ends a timed run,
    /// so a short run tells how many transactions fill the time.
    func postgisRate(radius: Double, seconds: Int) async throws -> Double {
        let rate = try await pgbench(radius: radius, transactions: 250)
        return try await pgbench(
            radius: radius, transactions: max(250, Int(rate * Double(seconds)) / Self.clients))
    }

    private func pgbench(radius: Double, transactions: Int) async throws -> Double {
        // pgbench takes at most 128 scripts and draws one for each transaction; constants let the index be used as a
        // service with bound parameters would.
        var scripts: [String] = []
        for (number, query) in queries.prefix(120).enumerated() {
            let point = "ST_SetSRID(ST_MakePoint(\(query.longitude), \(query.latitude)), 4326)::geography"
            let file = try scratch.write(
                "postgis-\(number).sql",
                """
                SELECT id, ST_Distance(location, \(point)) FROM salon
                WHERE ST_DWithin(location, \(point), \(radius)) ORDER BY location <-> \(point) LIMIT 20;
                """)
            scripts += ["-f", file]
        }
        return try await Pgbench.rate(
            scripts: scripts, clients: Self.clients, transactions: transactions, prepared: true,
            socket: postgres.socketDirectory, database: "postgres")
    }
}

/// Runs pgbench.
enum Pgbench {
    /// Transactions a second. A child process may have SIGALRM blocked, with which pgbench ends a timed run, so the
    /// number of transactions of each client is given.
    static func rate(
        scripts: [String], clients: Int, transactions: Int, prepared: Bool, socket: String, database: String
    ) async throws -> Double {
        let output = try await Program.run(
            try LocalPostgres.program("pgbench"),
            [
                "-n", "-M", prepared ? "prepared" : "simple", "-c", "\(clients)", "-j", "2", "-t", "\(transactions)",
                "-h", socket, "-U", LocalPostgres.superuser,
            ] + scripts + [database])
        for line in output.split(separator: "\n") where line.hasPrefix("tps = ") {
            if let rate = Double(line.dropFirst(6).prefix { $0 != " " }) { return rate }
        }
        throw Program.Failure(description: "pgbench printed no rate:\n\(output)")
    }
}
