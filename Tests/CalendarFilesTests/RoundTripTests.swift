import Calendars
import Foundation
import OpeningHours
import Salons
import Scheduling
import SeededRandom
import Testing

@testable import CalendarFiles

struct `A calendar that is written to a file` {
    private static let today = CivilDay(year: 2030, month: 6, day: 1)

    @Test(arguments: UInt64(1)...300)
    func `is the same when it is read again`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let state = Self.state(&random)
        let text = CalendarFileWriter.text([
            .init(source: "a \"list\".csv", reference: "1/2~3", name: "Klip \\ Ærø 💈", state: state)
        ])
        let file = try CalendarFile(Array(text.utf8))
        #expect(file.salons[0].salon == .source(reference: "1/2~3", source: "a \"list\".csv"))
        let shared = Set(state.people.filter { $0.places > 1 }.map(\.member.id))
        let plan = CalendarPlanner.plan(
            file.salons[0], over: state, isPruning: true, today: Self.today, others: shared)
        #expect(plan.faults.isEmpty && plan.lines.isEmpty && plan.kept.isEmpty, "\(plan.faults) \(plan.lines) \(text)")
        #expect(plan.change.isEmpty)
    }

    /// Few names and refs, so that many are alike.
    private static func state(_ random: inout SplitMix64) -> CalendarState {
        func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }
        func price() -> Price? {
            chance(2) ? nil : Price(amount: .random(in: 0...99_999, using: &random), currency: "DKK")
        }
        let names = ["Klip", "klip", "Farve", "x", "y"]
        var refs = ["x", "y", "z", "Klip", nil, nil, nil, nil].shuffled(using: &random)
        let services = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            CalendarState.Service(
                service: SalonService(
                    id: ServiceID(UUID()), name: names.randomElement(using: &random)!,
                    category: ServiceCategory.allCases.randomElement(using: &random)!,
                    duration: 5 * .random(in: 1...576, using: &random),
                    bufferBefore: 5 * .random(in: 0...144, using: &random),
                    bufferAfter: 5 * .random(in: 0...144, using: &random), price: price(),
                    minimumNotice: .random(in: 0...43_200, using: &random),
                    horizon: .random(in: 1...730, using: &random),
                    slotStep: 5 * .random(in: 1...288, using: &random)),
                reference: refs.popLast()!, sortOrder: .random(in: -3...3, using: &random))
        }
        refs = ["x", "y", nil, nil, nil, nil].shuffled(using: &random)
        let people = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            var skills: [ServiceID: Skill] = [:]
            for service in services where chance(2) {
                skills[service.service.id] = Skill(
                    duration: chance(2) ? nil : 5 * .random(in: 1...576, using: &random), price: price())
            }
            let hours = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                let start = Int.random(in: 0...1_439, using: &random)
                let from = chance(2) ? today + .random(in: -99...0, using: &random) : nil
                return WorkingHours(
                    weekday: .random(in: 1...7, using: &random), start: chance(2) ? 540 : start,
                    end: .random(in: max(start, 540) + 1...2_880, using: &random), validFrom: from,
                    validTo: chance(2) ? today + .random(in: 0...99, using: &random) : nil)
            }
            return CalendarState.Person(
                member: StaffMember(
                    id: StaffID(UUID()), name: ["Eva", "Bo"].randomElement(using: &random)!, epoch: 9, skills: skills,
                    // Twice the same is once.
                    hours: chance(3) ? hours + hours : hours),
                reference: refs.popLast()!, sortOrder: .random(in: 0...3, using: &random),
                places: chance(4) ? 2 : 1)
        }
        let exceptions = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let first = today + .random(in: -30...30, using: &random)
            let start = Int.random(in: 0...1_439, using: &random)
            return ScheduleException(
                staff: chance(2) ? nil : people.randomElement(using: &random)?.member.id,
                kind: chance(2) ? .open : .closed,
                first: first, last: first + .random(in: 0...9, using: &random), start: start,
                end: .random(in: start + 1...2_880, using: &random))
        }
        return CalendarState(
            salon: SalonID(UUID()), revision: 3, isClosedOnHolidays: chance(2),
            cancellationWindow: .random(in: 0...43_200, using: &random), services: services, people: people,
            exceptions: exceptions.map { .init(id: UUID(), exception: $0) })
    }
}
