import Foundation
import OpeningHours
import Testing

/// Values as salons write them, each at a fixed instant; `data/check_opening_hours.py` compares the table with another
/// evaluator. `SALONS_HOURS_VALUES` names another table, `SALONS_HOURS_FOUND` a file for what was found.
@Suite struct ValueTests {
    @Test func `says of each value in the table what the specification says`() throws {
        let environment = ProcessInfo.processInfo.environment
        let table =
            environment["SALONS_HOURS_VALUES"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "values.tsv")
        var found: [String] = []
        var values: Set<String> = []
        for line in try String(contentsOf: table, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count >= 5, "\(line)")
            let zone = try #require(TimeZone(identifier: cells[1]))
            let instant = try Date(cells[3], strategy: .iso8601)
            let hours = OpeningHours(cells[0])
            let state = hours.state(at: instant, in: zone, holidays: .of(country: cells[2]))
            let said = hours.isUnderstood ? "\(state.status)" : "refused"
            #expect(said == cells[4], "\(cells[0]) in \(cells[1]), \(cells[2]) at \(cells[3])")
            values.insert(cells[0])
            found.append((cells[..<4] + [said]).joined(separator: "\t"))
        }
        #expect(environment["SALONS_HOURS_VALUES"] != nil || (found.count >= 500 && values.count >= 100))
        if let path = environment["SALONS_HOURS_FOUND"] {
            try found.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}
