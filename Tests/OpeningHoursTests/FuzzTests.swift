import Foundation
import OpeningHours
import SeededRandom
import Testing

@Suite struct FuzzTests {
    private static let pieces = [
        "Mo", "Tu-Fr", "Sa,Su", "Fr-Mo", "PH", "PH +1 day", "Su[-1]", "Mo[1-3]", "10:00-18:00", "22:00-02:00", "17:00+",
        "08:00-12:00,13:00-26:00", "24/7", "off", "open", "unknown", "\"by appointment\"", "Dec 24", "Dec 24-Jan 02",
        "Dec Su[-1]", "-Jan Fr[3]", "PH -2 days",
        "Jun-Aug", "Feb 29", "2026", "2026-2028", "2026+", "easter", "easter -2 days", "week 1-10", "week 50-3", "; ",
        ", ",
        " || ", " ", " ", ",", "-", ":", "+", "[", "/", "9", "\u{2013}", "é", "\"", "SH", "sunset", "\u{1F600}",
    ]

    @Test func `no text crashes, and every canonical text reads back as the same rules`() throws {
        let seed: UInt64 = 20_261_123
        var random = SplitMix64(seed: seed)
        let zone = try #require(TimeZone(identifier: "Europe/Copenhagen"))
        var understood = 0
        for round in 0..<20_000 {
            let count = Int.random(in: 1...8, using: &random)
            var text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                .joined(separator: Bool.random(using: &random) ? " " : "")
            if round % 3 == 0, let index = text.indices.randomElement(using: &random) { text.remove(at: index) }
            let hours = OpeningHours(text)
            #expect(hours.text == text)
            guard let canonical = hours.canonical else { continue }
            understood += 1
            let again = OpeningHours(canonical)
            guard again.rules == hours.rules else {
                Issue.record(
                    "seed \(seed): '\(text)' became '\(canonical)': \(again.complaint ?? again.canonical ?? "")")
                continue
            }
            let instant = Date(timeIntervalSince1970: Double.random(in: 1.7e9...1.9e9, using: &random))
            let state = hours.state(at: instant, in: zone, holidays: .denmark)
            #expect(state.validFrom <= instant, "seed \(seed): \(text)")
            if let next = state.validUntil {
                let after = hours.state(at: next, in: zone, holidays: .denmark)
                #expect(next > instant && after.status != state.status, "seed \(seed): \(text) at \(instant)")
            }
        }
        #expect(understood > 1500)
    }
}
