import Calendars
import Scheduling

/// What is different between two states of one thing, in words for a terminal.
struct Differences {
    private var parts: [String] = []

    init() {}

    init(from old: CalendarState.Service, to new: CalendarState.Service) {
        let (before, after) = (old.service, new.service)
        note("name", before.name, after.name)
        note("ref", old.reference ?? "none", new.reference ?? "none")
        note("category", before.category.rawValue, after.category.rawValue)
        note("duration_min", "\(before.duration)", "\(after.duration)")
        note("buffer_before_min", "\(before.bufferBefore)", "\(after.bufferBefore)")
        note("buffer_after_min", "\(before.bufferAfter)", "\(after.bufferAfter)")
        note("price", Self.text(before.price), Self.text(after.price))
        note("minimum_notice_min", "\(before.minimumNotice)", "\(after.minimumNotice)")
        note("horizon_days", "\(before.horizon)", "\(after.horizon)")
        note("slot_step_min", "\(before.slotStep)", "\(after.slotStep)")
        note("sort_order", "\(old.sortOrder)", "\(new.sortOrder)")
    }

    var isEmpty: Bool { parts.isEmpty }
    var text: String { parts.joined(separator: ", ") }

    mutating func note(_ member: String, _ old: String, _ new: String) {
        if old != new { parts.append("\(member) \(old) → \(new)") }
    }

    /// The amount in minor units, as the file has it.
    static func text(_ price: Price?) -> String { price.map { "\($0.amount) \($0.currency)" } ?? "none" }

    static func summary(_ service: SalonService) -> String {
        "\(service.category.rawValue), \(service.duration) min, price \(text(service.price))"
    }

    static func skills(_ skills: [ServiceID: Skill], _ names: [ServiceID: String]) -> String {
        guard !skills.isEmpty else { return "none" }
        let texts = skills.map { id, skill in
            let own = [skill.duration.map { "\($0) min" }, skill.price.map { text($0) }].compactMap { $0 }
            return (names[id] ?? "\(id)") + (own.isEmpty ? "" : " (\(own.joined(separator: ", ")))")
        }
        return texts.sorted().joined(separator: ", ")
    }

    static func summary(_ exception: ScheduleException, person: String?) -> String {
        var text = "\(exception.kind.rawValue) \(exception.first)"
        if exception.last != exception.first { text += " to \(exception.last)" }
        if exception.start != 0 || exception.end != 1_440 {
            text += " \(WallClock.text(exception.start))-\(WallClock.text(exception.end))"
        }
        return text + (person.map { " for \($0)" } ?? "")
    }
}
