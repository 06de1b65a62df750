import Calendars
import Foundation
import JSON
import OpeningHours
import Salons
import Scheduling
import Testing

@testable import CalendarFiles

struct `A plan of a calendar` {
    private let today = CivilDay(year: 2030, month: 6, day: 1)
    private let salon = SalonID(UUID())

    private func plan(
        _ members: String, over state: CalendarState? = nil, isPruning: Bool = false, others: Set<StaffID> = []
    ) throws -> CalendarPlan {
        let text = "{\"salons\": [{\"salon\": {\"ref\": \"1\"}\(members.isEmpty ? "" : ", ")\(members)}]}"
        let file = try CalendarFile(Array(text.utf8))
        return CalendarPlanner.plan(
            file.salons[0], over: state ?? CalendarState(salon: salon), isPruning: isPruning, today: today,
            others: others)
    }

    private func state(
        services: [CalendarState.Service] = [], people: [CalendarState.Person] = [],
        exceptions: [ScheduleException] = []
    ) -> CalendarState {
        CalendarState(
            salon: salon, revision: 1, services: services, people: people,
            exceptions: exceptions.map { .init(id: UUID(), exception: $0) })
    }

    private func service(_ name: String, reference: String? = nil, sortOrder: Int = 0) -> CalendarState.Service {
        .init(
            service: SalonService(id: ServiceID(UUID()), name: name, category: .haircut, duration: 30),
            reference: reference, sortOrder: sortOrder)
    }

    private func person(_ name: String, reference: String? = nil, expected: Int = 0) -> CalendarState.Person {
        .init(
            member: StaffMember(id: StaffID(UUID()), name: name, epoch: 1, skills: [:], hours: []),
            reference: reference, sortOrder: 0, expected: expected)
    }

    @Test func `makes a calendar where there is none, even an empty one`() throws {
        let plan = try plan("")
        #expect(plan.change.settings == .init(isClosedOnHolidays: true, cancellationWindow: 0))
        #expect(plan.change.revision == nil && plan.lines.count == 1)
    }

    @Test func `leaves what the file does not say as it is`() throws {
        var cut = service("Klip")
        cut.service.bufferAfter = 15
        cut.service.price = Price(amount: 100, currency: "DKK")
        let plan = try plan(#""services": [{"name": "Klip", "duration_min": 45}]"#, over: state(services: [cut]))
        #expect(plan.change.services.map(\.service.bufferAfter) == [15])
        #expect(plan.change.services.map(\.service.price) == [cut.service.price])
        #expect(plan.change.services.map(\.service.id) == [cut.service.id])
        #expect(plan.lines == ["~ service Klip: duration_min 30 → 45"])
        let free = try self.plan(#""services": [{"name": "Klip", "price": null}]"#, over: state(services: [cut]))
        #expect(free.lines == ["~ service Klip: price 100 DKK → none"])
    }

    @Test func `finds a service by ref, by identifier, and by name, and gives a ref to one that has none`() throws {
        let old = service("Gammel", reference: "cut")
        let renamed = try plan(#""services": [{"ref": "cut", "name": "Ny"}]"#, over: state(services: [old]))
        #expect(renamed.lines == ["~ service Gammel: name Gammel → Ny"])
        let byID = try plan(
            #""services": [{"ref": "\#(old.service.id)", "name": "Ny"}]"#, over: state(services: [old]))
        #expect(byID.change.services.map(\.reference) == ["cut"])
        let adopted = try plan(#""services": [{"ref": "x", "name": "Klip"}]"#, over: state(services: [service("Klip")]))
        #expect(adopted.lines == ["~ service Klip: ref none → x"])
        let twins = state(services: [service("Klip"), service("Klip")])
        let unclear = try plan(#""services": [{"name": "Klip"}]"#, over: twins)
        #expect(unclear.faults.map(\.pointer.description) == ["/salons/0/services/0"])
    }

    @Test func `names what a new service lacks, and not who does it`() throws {
        let plan = try plan(#""services": [{"ref": "cut"}], "people": [{"name": "Eva", "services": ["cut"]}]"#)
        #expect(
            plan.faults.map(\.pointer.description) == [
                "/salons/0/services/0/name", "/salons/0/services/0/category", "/salons/0/services/0/duration_min",
            ])
    }

    @Test func `keeps what the file does not name, and removes it only when told to`() throws {
        let past = ScheduleException(kind: .closed, first: today + -9, last: today + -8)
        let coming = ScheduleException(kind: .closed, first: today + 9, last: today + 9)
        let state = state(
            services: [service("Klip"), service("Farve")], people: [person("Eva"), person("Bo")],
            exceptions: [past, coming])
        let text = #""services": [{"name": "Klip"}], "people": [{"name": "Eva"}], "exceptions": []"#
        let kept = try plan(text, over: state)
        #expect(kept.change.isEmpty && kept.lines.isEmpty)
        #expect(kept.kept == ["service Farve", "person Bo", "exception closed 2030-06-10"])
        let pruned = try plan(text, over: state, isPruning: true)
        #expect(pruned.change.removedServices == [state.services[1].service.id])
        #expect(pruned.change.removedPeople == [state.people[1].member.id])
        #expect(pruned.change.removedExceptions == [state.exceptions[1].id])
        // A list that is not there names nothing and removes nothing.
        #expect(try plan("", over: state, isPruning: true).change.isEmpty)
    }

    @Test func `does not let somebody go whom bookings expect`() throws {
        let state = state(people: [person("Eva", expected: 3)])
        let plan = try plan(#""people": []"#, over: state, isPruning: true)
        #expect(plan.faults.map(\.pointer.description) == ["/salons/0/people"])
        #expect(plan.faults[0].detail.contains("Eva, whom 3 bookings expect"))
    }

    @Test func `takes the person of another of the tenant's salons by identifier`() throws {
        let eva = StaffID(UUID())
        let text = #""people": [{"ref": "\#(eva)", "name": "Eva"}]"#
        let known = try plan(text, over: state(), others: [eva])
        #expect(known.change.people.map(\.member.id) == [eva] && known.change.people[0].reference == nil)
        // An identifier that is nobody's here is a ref like any other.
        let unknown = try plan(text, over: state())
        #expect(unknown.change.people[0].member.id != eva && unknown.change.people[0].reference == "\(eva)")
    }

    @Test func `knows the people and services that the file speaks of`() throws {
        let plan = try plan(
            #""people": [{"name": "Eva", "services": ["perm", "perm"]}], "#
                + #""exceptions": [{"kind": "closed", "first_date": "2030-07-01", "person": "Ida"}]"#, over: state())
        #expect(
            plan.faults.map(\.pointer.description) == [
                "/salons/0/people/0/services/0", "/salons/0/people/0/services/1", "/salons/0/exceptions/0/person",
            ])
    }
}
