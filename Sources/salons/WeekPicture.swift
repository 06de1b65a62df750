import Foundation
import OpeningHours

/// One person's week on a terminal: a column a day, a row for each half hour of the clock on the salon's wall.
///
/// What a half hour is mostly used for fills its cell with a character of its own, so that the picture can be read
/// without colours; where something begins, the cell says when. On the day on which the clock goes back the repeated
/// hour has rows of its own, marked with a star; on the day on which it goes forward there are cells for which there is
/// no time.
struct WeekPicture {
    /// What a person does in a half hour; where two take as much of it, the later one in this list is shown.
    enum State: Int, CaseIterable {
        case off, free, timeOff, elsewhere, blocked, held, booked

        var character: Character {
            switch self {
            case .off: " "
            case .free: "·"
            case .timeOff: "─"
            case .elsewhere: "▚"
            case .blocked: "╳"
            case .held: "▒"
            case .booked: "█"
            }
        }

        var name: String {
            switch self {
            case .off: "not working"
            case .free: "free"
            case .timeOff: "time off"
            case .elsewhere: "taken elsewhere"
            case .blocked: "blocked"
            case .held: "held"
            case .booked: "booked"
            }
        }

        /// Of ECMA-48, for the foreground.
        var colour: Int? {
            switch self {
            case .off: nil
            case .free: 32
            case .timeOff: 36
            case .elsewhere: 31
            case .blocked: 35
            case .held: 33
            case .booked: 34
            }
        }
    }

    /// What takes a person's time.
    struct Entry {
        var state: State
        var during: Range<Date>
    }

    let week: CalendarWeek
    let zone: TimeZone
    /// When the person works, taken or not.
    let working: [Range<Date>]
    let entries: [Entry]
    /// Columns of the terminal.
    let width: Int
    let hasColour: Bool

    private static let noTime: Character = "╌"
    private static let labelWidth = 6

    /// The picture and what its characters mean.
    var text: String {
        let entries = visible
        let columns = week.days.map { WeekColumn(day: $0, zone: zone, working: working, entries: entries) }
        // A day with more hours than others has all rows that these have.
        let rows = columns.max { $0.keys.count < $1.keys.count }?.keys ?? []
        let used = rows.indices.filter { row in columns.contains { ($0[rows[row]]?.state ?? .off) != .off } }
        guard let first = used.first, let last = used.last else { return "Nobody works here in this week." }
        let shown = rows[first...last]
        let time = LocalTime(zone: zone, now: Date(timeIntervalSince1970: 0))
        let titles = columns.map { column in
            let full = time.text(column.day)
            let text =
                cell >= 10
                ? full
                : cell >= 6 ? String(full.prefix { $0 != " " } + " \(column.day.date.day)") : String(full.prefix(3))
            return text.padding(toLength: cell, withPad: " ", startingAt: 0)
        }
        var lines = [Self.trimmed(String(repeating: " ", count: Self.labelWidth) + titles.joined(separator: " "))]
        for key in shown {
            lines.append(
                Self.trimmed(label(key) + columns.map { draw($0[key]) }.joined(separator: " ")))
        }
        return (lines + [""] + notes(shown, columns)).joined(separator: "\n")
    }

    /// Time off counts where there is work, or a day off would be drawn with its nights.
    private var visible: [Entry] {
        entries.flatMap { entry in
            guard entry.state == .timeOff else { return [entry] }
            return working.filter { $0.overlaps(entry.during) }
                .map { Entry(state: .timeOff, during: $0.clamped(to: entry.during)) }
        }
    }

    /// Columns of one day.
    private var cell: Int { min(max((width - Self.labelWidth - 6) / 7, 3), 12) }

    private func label(_ key: WeekColumn.Key) -> String {
        let (hour, minute) = (key.minute / 60, key.minute % 60)
        let text = minute == 0 ? "\(hour < 10 ? "0" : "")\(hour):00" : "  :\(minute < 10 ? "0" : "")\(minute)"
        return text + (key.occurrence > 0 ? "*" : " ")
    }

    private func draw(_ found: WeekColumn.Cell?) -> String {
        guard let found else { return String(repeating: Self.noTime, count: cell) }
        var text = String(repeating: found.state.character, count: cell)
        if let start = found.start, cell >= 6 {
            let clock = "\(found.state.character)\(start)"
            text = clock + text.dropFirst(clock.count)
        }
        guard hasColour, let colour = found.state.colour else { return text }
        return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
    }

    private func notes(_ rows: ArraySlice<WeekColumn.Key>, _ columns: [WeekColumn]) -> [String] {
        let seen = Set(rows.flatMap { row in columns.compactMap { $0[row]?.state } })
        let always: Set<State> = [.free, .booked]
        let states = State.allCases.filter { $0 != .off && (seen.contains($0) || always.contains($0)) }
        var lines = [states.map { "\($0.character) \($0.name)" }.joined(separator: "   ") + "   blank: not working"]
        if rows.contains(where: { $0.occurrence > 0 }) { lines.append("* for the second time: the clock goes back") }
        if rows.contains(where: { row in columns.contains { $0[row] == nil && row.occurrence == 0 } }) {
            lines.append("\(Self.noTime) no such time: the clock goes forward")
        }
        return lines
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
