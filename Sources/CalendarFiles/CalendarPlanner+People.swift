import Calendars
import Foundation
import JSON
import OpeningHours
import Scheduling

extension CalendarPlanner {

    mutating func planPeople() {
        var named: [StaffID: JSONPointer] = [:]
        var sortOrder = state.people.map(\.sortOrder).max() ?? -1
        for entry in declared.people ?? [] {
            let found: CalendarState.Person?
            switch match(
                entry.reference, entry.name, state.people, name: \.member.name, reference: \.reference,
                id: { "\($0.member.id)" })
            {
            case .one(let person): found = person
            case .none: found = nil
            case .several(let ids):
                fault(entry.pointer, "is the name of several people of this salon; say which as ref: \(ids)")
                continue
            }
            if let id = found?.member.id {
                if let first = named[id] {
                    fault(entry.pointer, "is the same person as \(first)")
                    continue
                }
                named[id] = entry.pointer
            }
            if found == nil { sortOrder += 1 }
            put(entry, over: found, sortOrder: found?.sortOrder ?? sortOrder)
        }
        for kept in state.people where named[kept.member.id] == nil {
            guard declared.people != nil, isPruning else {
                if declared.people != nil { plan.kept.append("person \(kept.member.name)") }
                people.append(Named(kept.reference, kept.member.name, kept.member.id))
                continue
            }
            guard kept.expected == 0 else {
                let bookings = kept.expected == 1 ? "a booking expects" : "\(kept.expected) bookings expect"
                fault(
                    declared.pointer.appending("people"),
                    "does not name \(kept.member.name), whom \(bookings): move or cancel them, or name the person")
                continue
            }
            plan.change.removedPeople.append(kept.member.id)
            plan.lines.append("- person \(kept.member.name)")
        }
    }

    private mutating func put(_ entry: DeclaredPerson, over found: CalendarState.Person?, sortOrder: Int) {
        guard let name = entry.name ?? found?.member.name else {
            fault(entry.pointer.appending("name"), "is missing; a person who is new to the salon needs it")
            people.append(Named(entry.reference, "", StaffID(UUID())))
            return
        }
        // Somebody of another of the tenant's salons, who is one person to all of their calendars.
        let elsewhere = entry.reference.flatMap { StaffID($0) }.flatMap { others.contains($0) ? $0 : nil }
        var member =
            found?.member ?? StaffMember(id: elsewhere ?? StaffID(UUID()), name: name, epoch: 1, skills: [:], hours: [])
        let present = member
        let remaining = present.skills.filter { !removedServices.contains($0.key) }
        member.name = name
        member.skills = entry.skills.map { skills($0) } ?? remaining
        member.hours = entry.hours ?? present.hours
        let reference = Self.reference(entry.reference, found?.reference, "\(member.id)")
        let order = entry.sortOrder ?? sortOrder
        people.append(Named(reference, name, member.id))
        let changesPlace =
            found == nil || found?.member.name != name || found?.reference != reference || found?.sortOrder != order
        // What a removed service leaves behind is removed with it.
        let changesSkills = member.skills != remaining
        let changesHours = Set(member.hours) != Set(present.hours)
        guard changesPlace || changesSkills || changesHours else { return }
        plan.change.people.append(
            .init(
                member: member, reference: reference, sortOrder: order, changesPlace: changesPlace,
                changesSkills: changesSkills, changesHours: changesHours))
        let names = Dictionary(services.map { ($0.id, $0.name) }) { first, _ in first }
        if let found {
            var differences = Differences()
            differences.note("name", found.member.name, name)
            differences.note("ref", found.reference ?? "none", reference ?? "none")
            differences.note("sort_order", "\(found.sortOrder)", "\(order)")
            differences.note(
                "services", Differences.skills(remaining, names), Differences.skills(member.skills, names))
            differences.note("hours", HoursText.text(present.hours), HoursText.text(member.hours))
            plan.lines.append("~ person \(found.member.name): \(differences.text)")
        } else {
            plan.lines.append(
                "+ person \(name): services \(Differences.skills(member.skills, names)); "
                    + "hours \(HoursText.text(member.hours))")
        }
    }

    private mutating func skills(_ declared: [DeclaredSkill]) -> [ServiceID: Skill] {
        var skills: [ServiceID: Skill] = [:]
        for entry in declared {
            guard let service = Named.pick(entry.service, services) else {
                fault(entry.pointer, "'\(entry.service)' is no service of this salon, or the name of several")
                continue
            }
            if skills.updateValue(entry.skill, forKey: service) != nil {
                fault(entry.pointer, "'\(entry.service)' is there twice")
            }
        }
        return skills
    }

    // MARK: Exceptions

    mutating func planExceptions() {
        guard let entries = declared.exceptions else { return }
        let present = Set(state.exceptions.map(\.exception))
        let leaving = Set(plan.change.removedPeople)
        var wanted: Set<ScheduleException> = []
        for entry in entries {
            var staff: StaffID?
            if let person = entry.person {
                staff = Named.pick(person, people)
                guard staff != nil else {
                    fault(
                        entry.pointer.appending("person"), "'\(person)' is nobody of this salon, or the name of several"
                    )
                    continue
                }
            }
            let exception = ScheduleException(
                staff: staff, kind: entry.kind, first: entry.first, last: entry.last, start: entry.start,
                end: entry.end)
            guard wanted.insert(exception).inserted else {
                fault(entry.pointer, "is there twice")
                continue
            }
            guard !present.contains(exception) else { continue }
            plan.change.addedExceptions.append(exception)
            plan.lines.append("+ exception \(Differences.summary(exception, person: entry.person))")
        }
        for dated in state.exceptions where !wanted.contains(dated.exception) && dated.exception.last >= today {
            let staff = dated.exception.staff
            guard staff.map({ !leaving.contains($0) }) ?? true else { continue }
            let person = staff.flatMap { id in state.people.first { $0.member.id == id }?.member.name }
            let text = "exception \(Differences.summary(dated.exception, person: person))"
            guard isPruning else {
                plan.kept.append(text)
                continue
            }
            plan.change.removedExceptions.append(dated.id)
            plan.lines.append("- \(text)")
        }
    }
}
