import OpeningHours
import Scheduling

/// Working hours with the days that have the same put together.
struct HoursGroup: Hashable {
    let start: Int
    let end: Int
    let validFrom: CivilDay?
    let validTo: CivilDay?

    /// The groups in the order of their first days and times.
    static func groups(_ hours: [WorkingHours]) -> [(group: HoursGroup, days: Set<Int>)] {
        var groups: [HoursGroup: Set<Int>] = [:]
        for part in hours {
            let group = HoursGroup(
                start: part.start, end: part.end, validFrom: part.validFrom, validTo: part.validTo)
            groups[group, default: []].insert(part.weekday)
        }
        func place(_ entry: (group: HoursGroup, days: Set<Int>)) -> [Int] {
            [
                entry.group.validFrom?.number ?? .min, entry.days.min() ?? 0, entry.group.start, entry.group.end,
                entry.group.validTo?.number ?? .max,
            ]
        }
        return groups.map { (group: $0.key, days: $0.value) }.sorted { place($0).lexicographicallyPrecedes(place($1)) }
    }
}

/// Working hours on one line.
enum HoursText {
    static func text(_ hours: [WorkingHours]) -> String {
        guard !hours.isEmpty else { return "none" }
        return HoursGroup.groups(hours).map { group, days in
            var text = "\(WeekdayList.text(days)) \(WallClock.text(group.start))-\(WallClock.text(group.end))"
            if let from = group.validFrom { text += " from \(from)" }
            if let to = group.validTo { text += " until \(to)" }
            return text
        }.joined(separator: ", ")
    }
}
