import Postgres

/// The parts that calendars are read in: a statement each, all of them in one round trip.
///
/// The order is that of reading. Revisions and then epochs come before everything else, so that what belongs to one is
/// never older than it.
enum CalendarPart: Int, CaseIterable {
    case calendars, staff, services, skills, hours, exceptions

    /// The statements of all parts, in order.
    static func statements(_ statement: (CalendarPart) -> SQL) -> [SQL] {
        allCases.map(statement)
    }
}

/// What the statements of all parts brought.
struct CalendarRows {
    private let rows: [Rows]

    /// Takes the answers in the order of the statements; more may follow them.
    init(_ rows: [Rows]) {
        self.rows = rows
    }

    subscript(part: CalendarPart) -> Rows { rows[part.rawValue] }
}
