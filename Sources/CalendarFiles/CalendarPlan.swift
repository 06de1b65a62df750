public import Calendars
import OpeningHours
import Salons
import Scheduling

/// What applying a file does to one salon.
public struct CalendarPlan: Sendable {
    /// What is to be written.
    public internal(set) var change: CalendarChange
    /// A line for each thing that is added (`+`), changed (`~`) or removed (`-`).
    public internal(set) var lines: [String] = []
    /// What the salon has and the file does not name: it stays.
    public internal(set) var kept: [String] = []
    /// Why the file cannot be applied.
    public internal(set) var faults: [CalendarFileFault] = []
}
