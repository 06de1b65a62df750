import Foundation
import HTTPKit
import Harness
import Testing

@testable import salons

struct `The settings` {
    @Test func `are the rows of the README's table, in its order`() throws {
        let rows = try Readme.text().split(separator: "\n").filter { $0.hasPrefix("| `SALONS_") }
        let expected = SettingKey.all.map {
            "| `\($0.environmentName)` | `\($0.name)` | \($0.purpose) | \($0.fallback) |"
        }
        #expect(rows.map(String.init) == expected)
        #expect(expected.count > 20)
    }

    @Test func `refuse a stop that would end before its wait`() async throws {
        let settings = try await Settings.load(flags: [.drainWait: "3000", .drainTimeout: "3000"])
        let error = #expect(throws: SettingError.self) { try settings.api() }
        #expect(error?.description == "SALONS_DRAIN_TIMEOUT_MS must be more than SALONS_DRAIN_WAIT_MS, which is 3000")
        let other = try await Settings.load(flags: [.drainWait: "3000", .drainTimeout: "3001", .bodyTimeout: "70"])
        #expect(try other.api().drainTimeout == .milliseconds(3_001))
        #expect(try other.api().bodyTimeout == .milliseconds(70))
    }
}
