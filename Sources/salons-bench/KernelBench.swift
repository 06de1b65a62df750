import DemoData
import Directory
import Foundation
import Geodesy
import Salons

/// Aim 1: searches a second on one core, against a scan of all salons and against what C reached.
struct KernelBench: Sendable {
    let plan: Plan

    /// What a grid in C did on one core of a like machine, in searches a second (design measurements of 2026): another
    /// run, so the ratio to it is an orientation.
    private static let inC: [String: Double] = [
        "100000/5000": 437_000, "1000000/1000": 587_000, "1000000/5000": 354_000,
    ]

    func run() async throws {
        BenchProgress.title("Kernel")
        print("## Kernel: 20 nearest within a radius, one core\n")
        var table = MarkdownTable([
            "salons", "radius", "searches/s, median (min–max)", "candidates looked at", "all salons scanned/s",
            "grid ÷ scan",
            "grid ÷ C", "aim 1 (÷ C)",
        ])
        let queries = SyntheticSource.queries(20_000)
        for size in plan.kernelSizes {
            let running = try await RunningDirectory(SyntheticSource(count: size))
            let points = DemoGenerator(seed: SyntheticSource.seed, count: size, style: .europe)
                .map { EarthCenteredPoint($0.location) }
            for radius in size >= 1_000_000 ? [1_000.0, 5_000] : [5_000.0] {
                var grid = Figures()
                var scan = Figures()
                var examined = 0.0
                _ = try search(running.directory, queries, radius: radius, seconds: 0.5)
                for _ in 0..<plan.repeats {
                    let measured = try search(
                        running.directory, queries, radius: radius, seconds: Double(plan.seconds) / 2)
                    grid.values.append(measured.rate)
                    examined = measured.examined
                    scan.values.append(bruteForce(points, queries, radius: radius))
                    BenchProgress.advance()
                }
                let c = Self.inC["\(size)/\(Int(radius))"]
                table.append([
                    Figures.number(Double(size)), "\(Figures.number(radius)) m", grid.text, Figures.number(examined),
                    scan.text, Figures.number(grid.median / scan.median),
                    c.map { Figures.number(grid.median / $0) } ?? "–",
                    c.map { Aim.atLeast(0.8, grid.median / $0) } ?? "–",
                ])
            }
            await running.stop()
        }
        table.print()
    }

    private func search(
        _ directory: Directory, _ queries: [Coordinate], radius: Double, seconds: Double
    ) throws -> (rate: Double, examined: Double) {
        var done = 0
        var examined = 0
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        while ContinuousClock.now < end {
            for _ in 0..<200 {
                let query = SalonQuery(
                    origin: queries[done % queries.count], region: .circle(radius: Meters(radius)), limit: 20)
                examined += try directory.search(query).examined
                done += 1
            }
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        return (Double(done) / elapsed, Double(examined) / Double(done))
    }

    /// Looks at every salon: by chord for the candidates, and the exact distance of those that are kept.
    private func bruteForce(_ points: [EarthCenteredPoint], _ queries: [Coordinate], radius: Double) -> Double {
        let count = max(3, 3_000_000 / points.count)
        let start = ContinuousClock.now
        var kept = 0
        for query in queries.prefix(count) {
            let origin = EarthCenteredPoint(query)
            var nearest: [(Double, Int)] = []
            for (index, point) in points.enumerated() {
                let squared = origin.chordSquared(to: point)
                guard squared <= radius * radius, nearest.count < 20 || squared < nearest[19].0 else { continue }
                let place = nearest.firstIndex { squared < $0.0 } ?? nearest.count
                nearest.insert((squared, index), at: place)
                if nearest.count > 20 { nearest.removeLast() }
            }
            let exact = nearest.map { EarthCenteredPoint.shortGeodesic(from: origin, to: points[$0.1]) }
            kept += exact.filter { $0 <= radius }.count
        }
        precondition(kept >= 0)
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }
}
