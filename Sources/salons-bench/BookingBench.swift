import Availability
import BookingAPI
import Calendars
import Catalogue
import Events
import Foundation
import LocalServices
import Reservations

/// Aim 5: bookings through the HTTP door beside pgbench calling the same function of the same database, in turns; and
/// whether a crowd at one calendar slows those who want others.
struct BookingBench: Sendable {
    let plan: Plan
    let scratch: Scratch

    private static let clients = 32
    private static let firstDays = (http: 2, pgbench: 110, crowd: 210)

    func run() async throws {
        let salons = 2_000
        BenchProgress.clear()
        BenchProgress.title("Bookings")
        print("## Bookings: \(Figures.number(Double(salons))) calendars in PostgreSQL, \(Self.clients) clients\n")
        let world = try await BookingWorld(salons: salons, scratch: scratch)
        let running = try await RunningDirectory(
            PostgresDirectorySource(world.database, events: Outbox(world.database)))
        let reservations = Reservations(world.database, logger: quietLogger("reservations"))
        let booking = BookingAPI(
            reservations: reservations, calendars: CalendarReader(world.database), onCalendarChange: { _, _ in })
        let server = try await BenchServer(directory: running.directory, booking: booking)
        do {
            try await measure(world, server.port)
            try await crowd(world, server.port)
        } catch {
            await stop(world, running, server)
            throw error
        }
        let figures = reservations.statistics
        print("Refused by the exclusion constraint: \(figures.backstopHits), deadlocks: \(figures.deadlocks).\n")
        await stop(world, running, server)
    }

    private func stop(_ world: BookingWorld, _ running: RunningDirectory, _ server: BenchServer) async {
        await server.stop()
        await running.stop()
        await world.stop()
    }

    private func measure(_ world: BookingWorld, _ port: Int) async throws {
        let script = try scratch.write(
            "book.lua", world.wrkScript(salons: 1...world.salons, firstDay: Self.firstDays.http, days: 100))
        let load = WebLoad(script: script, seconds: plan.seconds, allowsRefusals: true)
        let file = try scratch.write("book.sql", world.pgbenchScript(firstDay: Self.firstDays.pgbench))
        // Until the rosters are in memory and the functions planned on each connection, as in a service that runs.
        for _ in 0..<4 { _ = try await load.run(port: port, connections: Self.clients) }
        var peer = try await pgbench(world, file, transactions: 100)
        var ours = Figures(), p50 = Figures(), p99 = Figures(), refused = Figures(), theirs = Figures()
        for _ in 0..<plan.repeats {
            let result = try await load.run(port: port, connections: Self.clients)
            ours.values.append(result.rate)
            p50.values.append(result.p50)
            p99.values.append(result.p99)
            refused.values.append(result.refused)
            peer = try await pgbench(
                world, file, transactions: max(50, Int(peer) * plan.seconds / Self.clients))
            theirs.values.append(peer)
            BenchProgress.advance(by: 2)
        }
        var table = MarkdownTable(["bookings", "a second, median (min–max)", "ours ÷ this", "aim 5"])
        table.append(["ours over HTTP", ours.text, "1", ""])
        table.append([
            "pgbench calling the same function", theirs.text, Figures.number(ours.median / theirs.median),
            Aim.atLeast(0.5, ours.median / theirs.median),
        ])
        table.print()
        print(
            "Latency of ours: p50 \(p50.text) ms, p99 \(p99.text) ms; refused because taken: "
                + "\(Figures.number(refused.median)) a second.\n")
    }

    /// The same load beside two crowds in turns: one that spreads over other calendars, one that wants a single one.
    private func crowd(_ world: BookingWorld, _ port: Int) async throws {
        let half = world.salons / 2
        let day = Self.firstDays.crowd
        func load(_ name: String, _ salons: ClosedRange<Int>, days: Int) throws -> WebLoad {
            WebLoad(
                script: try scratch.write("\(name).lua", world.wrkScript(salons: salons, firstDay: day, days: days)),
                seconds: plan.seconds, allowsRefusals: true)
        }
        let others = try load("others", 2...half, days: 100)
        let spread = try load("spread", (half + 1)...world.salons, days: 100)
        let single = try load("single", 1...1, days: 100)
        var rates = (spread: Figures(), single: Figures())
        var tail = (spread: Figures(), single: Figures())
        for _ in 0..<plan.repeats {
            let calm = try await beside(spread, others, port: port)
            let crowded = try await beside(single, others, port: port)
            rates.spread.values.append(calm.rate)
            tail.spread.values.append(calm.p99)
            rates.single.values.append(crowded.rate)
            tail.single.values.append(crowded.p99)
            BenchProgress.advance(by: 2)
        }
        var table = MarkdownTable([
            "bookings at other calendars, 16 clients, beside 16 that want", "a second, median (min–max)", "p99 ms",
        ])
        table.append(["as many other calendars", rates.spread.text, tail.spread.text])
        table.append(["one calendar", rates.single.text, tail.single.text])
        table.print()
        print(
            "Rate beside the crowd at one: \(Figures.number(rates.single.median / rates.spread.median)) of the other.\n"
        )
    }

    /// What a load measures while another runs.
    private func beside(_ crowd: WebLoad, _ load: WebLoad, port: Int) async throws -> WebLoad.Result {
        let other = Task { try await crowd.run(port: port, connections: Self.clients / 2) }
        let result = try await load.run(port: port, connections: Self.clients / 2)
        _ = try await other.value
        return result
    }

    private func pgbench(_ world: BookingWorld, _ file: String, transactions: Int) async throws -> Double {
        try await Pgbench.rate(
            scripts: ["-f", file], clients: Self.clients, transactions: transactions, prepared: false,
            socket: world.postgres.socketDirectory, database: "salons")
    }
}
