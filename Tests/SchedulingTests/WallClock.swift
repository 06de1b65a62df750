import Foundation

/// What Foundation's calendar says of each minute of some days: the slow and obvious way to local time.
final class WallClock: Sendable {
    /// The zone and the UTC day in the middle.
    let zone: TimeZone
    /// The first minute of the table, counted from 1970.
    let base: Int
    /// A label for each minute: minutes of local time, of which the dates are counted from the first of ``dates``.
    let labels: [Int]
    /// The local dates by number, with ISO 8601 weekdays; also those that the zone left out.
    let dates: [(year: Int, month: Int, day: Int, weekday: Int)]
    private let occurrences: [Int: ClosedRange<Int>]
    private let lastLabel: Int

    static let days = 9

    init(zone: TimeZone, middle: String) throws {
        var local = Calendar(identifier: .gregorian)
        local.timeZone = zone
        var utc = Calendar(identifier: .gregorian)
        utc.timeZone = .gmt
        let first = try at("\(middle)T00:00Z") - Double(Self.days / 2) * 86_400
        var dates: [(year: Int, month: Int, day: Int, weekday: Int)] = []
        var numbers: [Int: Int] = [:]
        for number in -3...(Self.days + 3) {
            let parts = utc.dateComponents([.year, .month, .day, .weekday], from: first + Double(number) * 86_400)
            let (year, month, day) = (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            numbers[(year * 100 + month) * 100 + day] = dates.count
            dates.append((year, month, day, ((parts.weekday ?? 0) + 5) % 7 + 1))
        }
        var labels: [Int] = []
        var occurrences: [Int: ClosedRange<Int>] = [:]
        for minute in 0..<(Self.days * 1440) {
            let parts = local.dateComponents([.year, .month, .day, .hour, .minute], from: first + Double(minute) * 60)
            let key = ((parts.year ?? 0) * 100 + (parts.month ?? 0)) * 100 + (parts.day ?? 0)
            let label = (numbers[key] ?? -100) * 1440 + (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
            labels.append(label)
            occurrences[label] = (occurrences[label]?.lowerBound ?? minute)...minute
        }
        self.zone = zone
        self.base = Int(first.timeIntervalSince1970) / 60
        self.labels = labels
        lastLabel = labels.max() ?? 0
        self.dates = dates
        self.occurrences = occurrences
    }

    /// Places in the table from a local time that begins to one that ends.
    func places(date: Int, from start: Int, to end: Int) -> Range<Int> {
        let first = place(of: date * 1440 + start) { $0.lowerBound }
        return
            first..<max(
                first,
                place(of: date * 1440 + end) { [labels] in
                    // An end is the last of its minutes, but the first where the clock has just gone back to it.
                    $0.upperBound > 0 && labels[$0.upperBound - 1] == date * 1440 + end - 1
                        ? $0.upperBound : $0.lowerBound
                })
    }

    private func place(of label: Int, _ choice: (ClosedRange<Int>) -> Int) -> Int {
        // Beyond the table, and a label that never comes is the instant after the gap.
        guard label <= lastLabel else { return labels.count }
        return occurrences[label].map(choice) ?? labels.firstIndex { $0 > label } ?? labels.count
    }

    func instant(_ place: Int) -> Date { Date(timeIntervalSince1970: Double((base + place) * 60)) }

    func place(_ instant: Date) -> Int { Int(instant.timeIntervalSince1970) / 60 - base }
}
