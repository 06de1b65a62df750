import Foundation
import Harness
import Scheduling
import Testing

@testable import Calendars
@testable import Reservations

struct VisitTests {
    @Test func `anybody means the least busy person`() async throws {
        let world = try await World()
        for hour in [9, 10] {
            #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(hour))).booking != nil)
        }
        #expect(try await world.book(world.visit(by: world.bo, at: TestClock.at(9))).booking != nil)
        let first = try #require(try await world.book(world.visit(at: TestClock.at(14))).booking)
        #expect(first.steps[0].staff == world.carl)
        // Bo and Carl have half an hour each, and Bo stands first.
        let second = try #require(try await world.book(world.visit(at: TestClock.at(15))).booking)
        #expect(second.steps[0].staff == world.bo)
    }

    @Test func `anybody gives a slot as often as there are people`() async throws {
        let world = try await World()
        let people = try await withThrowingTaskGroup(of: StaffID?.self) { group in
            for _ in 0..<6 {
                group.addTask { try await world.book(world.visit(at: TestClock.at(10))).booking?.steps[0].staff }
            }
            return try await group.reduce(into: [StaffID?]()) { $0.append($1) }.compactMap(\.self)
        }
        #expect(Set(people) == [world.anna, world.bo, world.carl])
        #expect(people.count == 3)
        #expect(world.reservations.statistics.backstopHits == 0)
    }

    @Test func `several steps are taken together or not at all`() async throws {
        let world = try await World()
        let visit = Visit(
            salon: world.salon,
            steps: [
                Visit.Step(service: world.cut, staff: world.carl, start: TestClock.at(10)),
                Visit.Step(service: world.colour, staff: world.anna, start: TestClock.at(10, 30)),
            ])
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(11))).booking != nil)
        guard case .slotTaken = try await world.book(visit).refusal else {
            Issue.record("half of a visit was free, and it was booked")
            return
        }
        #expect(try await world.book(world.visit(by: world.carl, at: TestClock.at(10))).booking != nil)
    }

    @Test func `a party has a person each`() async throws {
        let world = try await World()
        let step = Visit.Step(service: world.cut, start: TestClock.at(10))
        let booking = try #require(
            try await world.book(Visit(salon: world.salon, steps: [step, step])).booking)
        #expect(Set(booking.steps.map(\.staff)).count == 2)
        guard case .slotTaken = try await world.book(Visit(salon: world.salon, steps: [step, step])).refusal else {
            Issue.record("two were promised one person")
            return
        }
        let four = Visit(salon: world.salon, steps: [step, step, step, step])
        guard case .invalidVisit = try await world.book(four).refusal else {
            Issue.record("four at a time among three people")
            return
        }
    }

    @Test func `a series is booked whole, or says what stands in its way`() async throws {
        let world = try await World()
        let weekly = try #require(Recurrence(everyWeeks: 1, count: 4))
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10, day: 5 + 14))).booking != nil)
        let step = Visit.Step(service: world.cut, staff: world.anna, start: TestClock.at(10))
        let refused = try await world.reservations.bookSeries(
            step, recurrence: weekly, in: world.salon, customer: try World.customer(), scope: world.scope, key: .fresh()
        )
        #expect(
            refused.refusal
                == .series(
                    [SeriesConflict(number: 2, start: TestClock.at(10, day: 5 + 14), rule: nil)], zone: .copenhagen))
        guard
            case .done(let bookings, _) = try await world.reservations.bookSeries(
                Visit.Step(service: world.cut, start: TestClock.at(10)), recurrence: weekly, in: world.salon,
                customer: try World.customer(), scope: world.scope, key: .fresh())
        else {
            Issue.record("nobody had four weeks free")
            return
        }
        #expect(bookings.map(\.start) == (0..<4).map { TestClock.at(10, day: 5 + 7 * $0) })
        #expect(Set(bookings.map(\.series)).count == 1)
        #expect(Set(bookings.map { $0.steps[0].staff }).count == 1)
    }

    @Test func `a party that is too large is told of people, not of steps`() async throws {
        let world = try await World()
        let step = Visit.Step(service: world.cut, start: TestClock.at(10))
        let outcome = try await world.book(Visit(salon: world.salon, steps: [step, step, step, step]))
        guard case .invalidVisit(let text) = outcome.refusal else {
            Issue.record("four were served by three: \(outcome)")
            return
        }
        #expect(text.contains("party of 4") && text.hasSuffix("there are 3"), "\(text)")
        #expect(!text.contains("step"))
    }

    @Test func `slots count from the beginning of the shift, also for what is booked`() async throws {
        let world = try await World()
        try await world.editor.put(
            SalonService(id: world.cut, name: "Klip", category: .haircut, duration: 30, slotStep: 40), in: world.salon)
        for (minute, isSlot) in [(0, true), (20, false), (40, true)] {
            let outcome = try await world.book(world.visit(by: world.anna, at: TestClock.at(9, minute)))
            #expect((outcome.booking != nil) == isSlot, "\(outcome)")
            if !isSlot { #expect(outcome.refusal == .rule(step: 0, .offStep(40))) }
        }
    }

    @Test func `one person of two tenants is not in two places`() async throws {
        let world = try await World()
        let scope = try await world.store.tenant("second")
        let salon = try await world.store.salon(.sample("2"), of: scope)
        let editor = CalendarEditor(world.database, scope: scope)
        try await editor.open(salon)
        let service = ServiceID(UUID())
        try await editor.put(SalonService(id: service, name: "Klip", category: .haircut, duration: 30), in: salon)
        try await world.link(world.anna, to: salon, of: scope)
        try await editor.put(
            StaffMember(
                id: world.anna, name: "Anna", epoch: 0, skills: [service: Skill()],
                hours: BookableSalon.everyDay(from: 9 * 60, to: 17 * 60)), in: salon)
        #expect(try await world.book(world.visit(by: world.anna, at: TestClock.at(10))).booking != nil)
        let there = Visit(
            salon: salon, steps: [Visit.Step(service: service, staff: world.anna, start: TestClock.at(10, 15))])
        let outcome = try await world.reservations.book(
            there, customer: try World.customer(), scope: scope, key: .fresh())
        guard case .slotTaken(let alternatives, _) = outcome.refusal else {
            Issue.record("one person was booked twice: \(outcome)")
            return
        }
        #expect(!alternatives.contains { $0.start < TestClock.at(10, 30) && $0.end > TestClock.at(10) })
        #expect(world.reservations.statistics.backstopHits == 0)
    }
}
