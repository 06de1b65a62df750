import Foundation
import Logging
import Reservations
import Testing

@testable import Torture

@Suite(.serialized)
struct TortureTests {
    private static let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "migrations").path(percentEncoded: false)

    private static func run(
        attempts: Int, killInterval: Double = 0, sabotage: Sabotage? = nil
    ) async throws -> TortureReport {
        let seed = UInt64.random(in: 0...999_999_999)
        let directory = FileManager.default.temporaryDirectory.appending(path: "salons-torture-\(UUID().uuidString)")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var logger = Logger(label: "torture")
        logger.logLevel = .critical
        let plan = TorturePlan(
            attempts: attempts, seed: seed, killInterval: killInterval, sabotage: sabotage, directory: directory,
            migrations: migrations)
        return try await TortureRun(plan, logger: logger).run()
    }

    @Test func `ten thousand requests and a dying PostgreSQL leave nothing to object to`() async throws {
        let report = try await Self.run(attempts: 12_000, killInterval: 5)
        #expect(report.violations == [], "\(report)")
        #expect(report.attempts >= 10_000, "\(report)")
        #expect(report.kills >= 1, "\(report)")
        #expect(report.statistics.done > 500 && report.statistics.slotsTaken > 500, "\(report)")
    }

    @Test(arguments: Sabotage.allCases)
    func `each broken protocol is caught`(sabotage: Sabotage) async throws {
        let report = try await Self.run(attempts: 3_200, sabotage: sabotage)
        #expect(report.violations != [], "\(sabotage.rawValue): \(report)")
    }
}
