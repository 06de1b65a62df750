import Salons
import Scheduling

/// One salon's roster and free time over some days, as they were read together; never changed.
final class SalonCalendar: Sendable {
    /// What is known of one of the staff.
    struct Place: Sendable {
        /// The sheets are of this epoch or later.
        var epoch: Int64
        /// Whether a booking of this instance may have raised the epoch further.
        var isSuspect = false
        /// A sheet for each of the days; nil once a later epoch is known.
        var sheets: [StaffDay]?
    }

    /// Everything but the bookings.
    let roster: Roster
    /// Whether the roster was read in the marketplace's scope, so that it is published as far as its revision goes.
    let isPublished: Bool
    /// UTC days, counted from 1970-01-01.
    let days: Range<Int>
    /// In the roster's order of staff.
    let places: [Place]
    /// Nil while something is stale.
    let table: StartTable?

    init(roster: Roster, isPublished: Bool, days: Range<Int>, places: [Place]) {
        self.roster = roster
        self.isPublished = isPublished
        self.days = days
        self.places = places
        let sheets = places.compactMap { $0.isSuspect ? nil : $0.sheets }
        table =
            sheets.count == roster.staff.count
            ? StartTable(roster: roster, sheets: sheets, days: days) : nil
    }

    private init(_ other: SalonCalendar, places: [Place], isPublished: Bool) {
        roster = other.roster
        self.isPublished = isPublished
        days = other.days
        self.places = places
        table = places.contains { $0.isSuspect || $0.sheets == nil } ? nil : other.table
    }

    /// The same with other knowledge of the staff, none of it better than before.
    func with(_ places: [Place]) -> SalonCalendar { SalonCalendar(self, places: places, isPublished: isPublished) }

    /// The same, known to be published.
    func published() -> SalonCalendar { SalonCalendar(self, places: places, isPublished: true) }

    /// Whether every epoch in it is what the feed or the database last said.
    var isSure: Bool { !places.contains { $0.isSuspect } }

    /// The sheet of a member on a day, if the calendar has it for this epoch.
    func sheet(member: StaffID, epoch: Int64, day: Int) -> StaffDay? {
        guard days.contains(day), let place = roster.staff.firstIndex(where: { $0.id == member }),
            places[place].epoch == epoch
        else { return nil }
        return places[place].sheets?[day - days.lowerBound]
    }

    /// The days whose sheets decide about starts at these steps.
    static func days(for steps: Range<Int>, of roster: Roster) -> Range<Int> {
        let reach = roster.reach
        let perDay = AvailabilitySheet.stepCount
        let first = (steps.lowerBound - reach.before).flooredQuotient(by: perDay)
        let last = (max(steps.upperBound - 1, steps.lowerBound) + reach.after - 1).flooredQuotient(by: perDay)
        return first..<last + 1
    }
}

extension Int {
    func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
