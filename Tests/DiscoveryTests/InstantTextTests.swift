import Foundation
import Testing

@testable import Discovery

struct `The text of an instant` {
    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00.000Z"), (1_795_516_215.12, "2026-11-24T10:30:15.120Z"),
        (951_782_400, "2000-02-29T00:00:00.000Z"), (951_868_799.9999, "2000-02-29T23:59:59.999Z"),
        (4_107_542_400, "2100-03-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.000Z"),
        (-0.001, "1969-12-31T23:59:59.999Z"), (-62_135_596_800, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799, "9999-12-31T23:59:59.000Z"),
    ])
    func `is RFC 3339 in UTC, cut to milliseconds`(seconds: Double, text: String) {
        #expect(InstantText.milliseconds(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `is what Foundation reads back, on every day of four centuries`() throws {
        for day in stride(from: -80_000, to: 66_000, by: 7) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 45_296)
            let text = InstantText.milliseconds(date)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            #expect(try style.parse(text) == date, "\(text)")
        }
    }
}
