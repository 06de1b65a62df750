import JSON
import OpeningHours
import Scheduling

extension CalendarFileReader {
    mutating func service(_ value: FileValue) -> DeclaredService? {
        let known = [
            "ref", "name", "category", "duration_min", "buffer_before_min", "buffer_after_min", "price",
            "minimum_notice_min", "horizon_days", "slot_step_min", "sort_order",
        ]
        guard let object = reading.object(value, knows: known) else { return nil }
        let (reference, name) = identity(object)
        return DeclaredService(
            pointer: value.pointer, reference: reference, name: name,
            category: reading.word(object["category"], ServiceCategory.self),
            duration: reading.integer(object["duration_min"], 5...2_880, multipleOf: 5),
            bufferBefore: reading.integer(object["buffer_before_min"], 0...720, multipleOf: 5),
            bufferAfter: reading.integer(object["buffer_after_min"], 0...720, multipleOf: 5),
            price: reading.price(object["price"]),
            minimumNotice: reading.integer(object["minimum_notice_min"], 0...43_200),
            horizon: reading.integer(object["horizon_days"], 1...730),
            slotStep: reading.integer(object["slot_step_min"], 5...1_440, multipleOf: 5),
            sortOrder: sortOrder(object))
    }

    mutating func person(_ value: FileValue) -> DeclaredPerson? {
        guard let object = reading.object(value, knows: ["ref", "name", "services", "hours", "sort_order"]) else {
            return nil
        }
        let (reference, name) = identity(object)
        let skills = reading.array(object["services"])?.compactMap { skill($0) }
        let hours = reading.array(object["hours"]).map { entries in entries.flatMap { self.hours($0) } }
        if let hours, Set(hours).count < hours.count {
            reading.fault(value.pointer.appending("hours"), "say the same hours of one day twice")
        }
        return DeclaredPerson(
            pointer: value.pointer, reference: reference, name: name, skills: skills, hours: hours,
            sortOrder: sortOrder(object))
    }

    mutating func exception(_ value: FileValue) -> DeclaredException? {
        let known = ["kind", "first_date", "last_date", "from", "to", "person"]
        guard let object = reading.object(value, knows: known) else { return nil }
        reading.require(["kind", "first_date"], of: object)
        let kind = reading.word(object["kind"], ExceptionKind.self)
        let first = reading.day(object["first_date"])
        let last = object.has("last_date") ? reading.day(object["last_date"]) : first
        if let first, let last, last < first {
            reading.fault(value.pointer.appending("last_date"), "must not be before first_date")
        }
        if object.has("from") != object.has("to") {
            reading.fault(value.pointer, "must have both from and to, or neither for whole days")
        }
        let (start, end) = span(object) ?? (0, 1_440)
        let person = reading.text(object["person"])
        guard let kind, let first, let last else { return nil }
        return DeclaredException(
            pointer: value.pointer, person: person, kind: kind == .open ? .open : .closed, first: first, last: last,
            start: start, end: end)
    }

    /// The words of `ScheduleException.Kind`, which are listed where one is wrong.
    private enum ExceptionKind: String, CaseIterable {
        case closed
        case open
    }

    /// The name of a service, or an object with what is the person's own of it.
    private mutating func skill(_ value: FileValue) -> DeclaredSkill? {
        if case .string = value.value {
            return reading.text(value).map { DeclaredSkill(pointer: value.pointer, service: $0, skill: Skill()) }
        }
        guard let object = reading.object(value, knows: ["service", "duration_min", "price"]) else { return nil }
        reading.require(["service"], of: object)
        let skill = Skill(
            duration: reading.integer(object["duration_min"], 5...2_880, multipleOf: 5),
            price: reading.price(object["price"]).or(nil))
        return reading.text(object["service"]).map {
            DeclaredSkill(pointer: value.pointer, service: $0, skill: skill)
        }
    }

    private mutating func hours(_ value: FileValue) -> [WorkingHours] {
        guard let object = reading.object(value, knows: ["days", "from", "to", "valid_from", "valid_to"]) else {
            return []
        }
        reading.require(["days", "from", "to"], of: object)
        let days = days(object["days"])
        let span = span(object)
        let from = reading.day(object["valid_from"])
        let to = reading.day(object["valid_to"])
        if let from, let to, to < from {
            reading.fault(value.pointer.appending("valid_to"), "must not be before valid_from")
        }
        guard let days, let span else { return [] }
        return days.map {
            WorkingHours(weekday: $0, start: span.start, end: span.end, validFrom: from, validTo: to)
        }
    }

    private mutating func days(_ value: FileValue?) -> [Int]? {
        guard let value else { return nil }
        guard case .string(let text) = value.value, let days = WeekdayList.days(text) else {
            reading.fault(value.pointer, "must be weekdays such as Mo-Fr or Mo,We,Sa, none of them twice")
            return nil
        }
        return days
    }

    private mutating func span(_ object: FileObject) -> (start: Int, end: Int)? {
        let start = reading.clock(object["from"], 0...1_439)
        let end = reading.clock(object["to"], 1...2_880)
        guard let start, let end else { return nil }
        guard start < end else {
            reading.fault(
                object.pointer.appending("to"),
                "must be after from; an end on the next day is written past 24:00, as 26:00")
            return nil
        }
        return (start, end)
    }

    private mutating func sortOrder(_ object: FileObject) -> Int? {
        reading.integer(object["sort_order"], -1_000_000...1_000_000)
    }
}
