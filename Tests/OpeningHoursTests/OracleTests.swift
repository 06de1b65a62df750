import Foundation
import OpeningHours
import Testing

@Suite struct OracleTests {
    @Test func `agrees with the Rust evaluator in each of its vectors`() throws {
        var hours = OpeningHours("")
        var zone = TimeZone.gmt
        var calendar = HolidayCalendar.none
        var count = 0
        for line in oracleVectors.split(separator: "\n") {
            if line.hasPrefix("= ") {
                let parts = line.dropFirst(2).split(separator: " ", maxSplits: 1)
                zone = try #require(TimeZone(identifier: String(parts[0])))
                calendar = parts[0] == "Europe/Copenhagen" ? .denmark : .none
                hours = OpeningHours(String(parts[1]))
                continue
            }
            let parts = line.split(separator: " ", maxSplits: 1)
            let state = hours.state(at: try utc(parts[0]), in: zone, holidays: calendar)
            #expect(describe(state) == parts[1], "\(hours.text) in \(zone.identifier) at \(parts[0])")
            count += 1
        }
        #expect(count >= 300)
    }
}
