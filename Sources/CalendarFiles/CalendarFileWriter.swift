public import Calendars
import JSON
import OpeningHours
import Scheduling

/// Writes calendars as a file that changes nothing when it is applied where it came from.
public struct CalendarFileWriter {
    /// A salon with what it is called where it was imported from.
    public struct Entry: Sendable {
        let source: String
        let reference: String
        let name: String
        let state: CalendarState

        /// Describes a salon.
        public init(source: String, reference: String, name: String, state: CalendarState) {
            (self.source, self.reference, self.name) = (source, reference, name)
            self.state = state
        }
    }

    /// The file.
    public static func text(_ entries: [Entry]) -> String {
        JSONValue.object([member("salons", .array(entries.map { salon($0) }))]).layout(spreading: 3) + "\n"
    }

    private static func salon(_ entry: Entry) -> JSONValue {
        let state = entry.state
        let services = names(state.services) { ($0.reference, $0.service.name, "\($0.service.id)", isShared: false) }
        let people = names(state.people) {
            ($0.reference, $0.member.name, "\($0.member.id)", isShared: $0.places > 1)
        }
        let keys = zip(state.services, services).map { ($0.service.id, $1 ?? $0.service.name) }
        let serviceKeys = Dictionary(keys) { first, _ in first }
        let staffKeys = Dictionary(zip(state.people, people).map { ($0.member.id, $1 ?? $0.member.name) }) { first, _ in
            first
        }
        return .object([
            member(
                "salon",
                .object([
                    member("source", .string(entry.source)), member("ref", .string(entry.reference)),
                    member("name", .string(entry.name)),
                ])),
            member("closed_on_holidays", .bool(state.isClosedOnHolidays)),
            member("cancellation_window_min", .integer(state.cancellationWindow)),
            member("services", .array(zip(state.services, services).map { service($0, reference: $1) })),
            member("people", .array(zip(state.people, people).map { person($0, reference: $1, serviceKeys) })),
            member("exceptions", .array(distinct(state.exceptions.map(\.exception)).map { exception($0, staffKeys) })),
        ])
    }

    /// The ref to be written for each: none where the name alone says which it is.
    private static func names<Element>(
        _ elements: [Element], _ identity: (Element) -> (String?, String, String, isShared: Bool)
    ) -> [String?] {
        let all = elements.map(identity)
        return all.map { reference, name, id, isShared in
            if let reference { return reference }
            let isUnique = all.count { $0.1 == name } == 1 && !all.contains { $0.0 == name }
            return isUnique && !isShared ? nil : id
        }
    }

    private static func service(_ entry: CalendarState.Service, reference: String?) -> JSONValue {
        let service = entry.service
        return .object(
            (reference.map { [member("ref", .string($0))] } ?? []) + [
                member("name", .string(service.name)), member("category", .string(service.category.rawValue)),
                member("duration_min", .integer(service.duration)),
                member("buffer_before_min", .integer(service.bufferBefore)),
                member("buffer_after_min", .integer(service.bufferAfter)), member("price", price(service.price)),
                member("minimum_notice_min", .integer(service.minimumNotice)),
                member("horizon_days", .integer(service.horizon)), member("slot_step_min", .integer(service.slotStep)),
                member("sort_order", .integer(entry.sortOrder)),
            ])
    }

    private static func person(
        _ entry: CalendarState.Person, reference: String?, _ services: [ServiceID: String]
    ) -> JSONValue {
        let skills = entry.member.skills.compactMap { id, skill -> (String, JSONValue)? in
            guard let key = services[id] else { return nil }
            guard skill != Skill() else { return (key, .string(key)) }
            var members = [member("service", .string(key))]
            if let duration = skill.duration { members.append(member("duration_min", .integer(duration))) }
            if let price = skill.price { members.append(member("price", self.price(price))) }
            return (key, .object(members))
        }
        return .object(
            (reference.map { [member("ref", .string($0))] } ?? []) + [
                member("name", .string(entry.member.name)),
                member("services", .array(skills.sorted { $0.0 < $1.0 }.map(\.1))),
                member("hours", .array(HoursGroup.groups(entry.member.hours).map { hours($0.group, $0.days) })),
                member("sort_order", .integer(entry.sortOrder)),
            ])
    }

    private static func hours(_ group: HoursGroup, _ days: Set<Int>) -> JSONValue {
        var members = [
            member("days", .string(WeekdayList.text(days))), member("from", .string(WallClock.text(group.start))),
            member("to", .string(WallClock.text(group.end))),
        ]
        if let from = group.validFrom { members.append(member("valid_from", .string("\(from)"))) }
        if let to = group.validTo { members.append(member("valid_to", .string("\(to)"))) }
        return .object(members)
    }

    private static func exception(_ exception: ScheduleException, _ people: [StaffID: String]) -> JSONValue {
        var members = [
            member("kind", .string(exception.kind.rawValue)), member("first_date", .string("\(exception.first)")),
            member("last_date", .string("\(exception.last)")),
            member("from", .string(WallClock.text(exception.start))),
            member("to", .string(WallClock.text(exception.end))),
        ]
        if let staff = exception.staff { members.append(member("person", .string(people[staff] ?? "\(staff)"))) }
        return .object(members)
    }

    private static func distinct(_ exceptions: [ScheduleException]) -> [ScheduleException] {
        var seen: Set<ScheduleException> = []
        return exceptions.filter { seen.insert($0).inserted }
    }

    private static func price(_ price: Price?) -> JSONValue {
        price.map {
            .object([member("amount", .integer($0.amount)), member("currency", .string($0.currency))])
        } ?? .null
    }

    private static func member(_ name: String, _ value: JSONValue) -> JSONValue.Member { .init(name, value) }
}
