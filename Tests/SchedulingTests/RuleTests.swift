import Foundation
import Scheduling
import Testing

@Suite struct RuleTests {
    private static let cut = Fixture.cut

    private func check(
        _ roster: Roster, _ start: String, now: String, service: ServiceID = cut, by staff: StaffID = Fixture.anna
    ) throws -> BookingRefusal? {
        switch roster.check(service, by: staff, at: try at(start), now: try at(now)) {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }

    @Test(
        arguments: [
            // A notice of two hours: to the second, and the exact instant is in time.
            ("2026-11-23T12:00Z", "2026-11-23T10:00:00Z", nil),
            ("2026-11-23T12:00Z", "2026-11-23T10:00:01Z", .tooSoon(minimumNotice: 120)),
            ("2026-11-23T12:00Z", "2026-11-23T12:30:00Z", .tooSoon(minimumNotice: 120)),
            // A horizon of ten days of the salon: all of the tenth, whatever the time of day, from its midnight on.
            ("2026-11-23T12:00Z", "2026-11-13T12:00:00Z", nil),
            ("2026-11-23T15:15Z", "2026-11-13T00:30:00Z", nil),
            ("2026-11-23T12:00Z", "2026-11-12T23:00:00Z", nil),
            ("2026-11-23T08:15Z", "2026-11-12T22:59:59Z", .tooLate(horizon: 10)),
            // From the beginning of the shift.
            ("2026-11-23T12:05Z", "2026-11-23T08:00Z", .offStep(15)),
            ("2026-11-23T12:00:30Z", "2026-11-23T08:00Z", .offStep(15)),
            // Nine to five, an hour ahead of UTC, with 10 minutes before and 5 after.
            ("2026-11-23T08:00Z", "2026-11-23T00:00Z", .outsideWorkingTime),
            ("2026-11-23T08:15Z", "2026-11-23T00:00Z", nil),
            ("2026-11-23T15:15Z", "2026-11-23T00:00Z", nil),
            ("2026-11-23T15:30Z", "2026-11-23T00:00Z", .outsideWorkingTime),
        ] as [(String, String, BookingRefusal?)])
    func `a step is refused by the rule that it breaks, and offered otherwise`(
        start: String, now: String, expected: BookingRefusal?
    ) throws {
        let service = Fixture.haircut(before: 10, after: 5, notice: 120, horizon: 10)
        let roster = try Fixture.roster(services: [service])
        #expect(try check(roster, start, now: now) == expected)
        let offers = try roster.offers(from: "2026-11-22T00:00Z", to: "2026-11-25T00:00Z", now: now)
        let instant = try at(start)
        #expect(offers.contains { $0.start == instant } == (expected == nil))
    }

    @Test func `what the roster does not know is named`() throws {
        let other = Fixture.haircut(Fixture.colour)
        let roster = try Fixture.roster(services: [Fixture.haircut(), other])
        let (start, now) = ("2026-11-23T12:00Z", "2026-11-23T08:00Z")
        #expect(try check(roster, start, now: now, service: Fixture.service(9)) == .unknownService)
        #expect(try check(roster, start, now: now, by: Fixture.bo) == .unknownStaff)
        #expect(try check(roster, start, now: now, service: other.id) == .notQualified)
    }

    @Test func `nothing can start where the notice is longer than the horizon`() throws {
        let roster = try Fixture.roster(services: [Fixture.haircut(notice: 2 * 1440, horizon: 1)])
        let now = "2026-11-23T10:00Z"
        #expect(try check(roster, "2026-11-25T10:00Z", now: now) == .tooLate(horizon: 1))
        #expect(try check(roster, "2026-11-24T10:00Z", now: now) == .tooSoon(minimumNotice: 2880))
        #expect(try roster.offers(from: now, to: "2026-11-27T10:00Z") == [])
    }

    @Test func `a step has the person's own length and price, and takes its buffers`() throws {
        let own = Skill(duration: 45, price: Price(amount: 25_000, currency: "DKK"))
        let roster = try Fixture.roster(
            services: [Fixture.haircut(before: 10, after: 5, notice: 60)],
            staff: [Fixture.member(), Fixture.member(Fixture.bo, skills: [Self.cut: own])])
        let (start, now) = (try at("2026-11-23T12:00Z"), try at("2026-11-23T08:00Z"))
        let annas = try roster.check(Self.cut, by: Fixture.anna, at: start, now: now).get()
        #expect(annas.end == start + 1800 && annas.price?.amount == 30_000)
        #expect(annas.occupied == (start - 600)..<(start + 2100))
        #expect(annas.deadline == start - 3600)
        let bos = try roster.check(Self.cut, by: Fixture.bo, at: start, now: now).get()
        #expect(bos.end == start + 2700 && bos.price == own.price)
        #expect(bos.occupied == (start - 600)..<(start + 3000))
    }

    @Test func `the candidates are all who could, in the roster's order`() throws {
        let roster = try Fixture.roster(
            services: [Fixture.haircut(), Fixture.haircut(Fixture.colour)],
            staff: [
                Fixture.member(Fixture.person(5), skills: [:]), Fixture.member(Fixture.bo, daily: 600, 1020),
                Fixture.member(Fixture.anna),
            ])
        let now = try at("2026-11-23T00:00Z")
        func candidates(_ start: String, _ id: ServiceID = Fixture.cut) throws -> Result<[StaffID], BookingRefusal> {
            roster.candidates(for: id, at: try at(start), now: now).map { $0.map(\.staff) }
        }
        #expect(try candidates("2026-11-23T08:00Z") == .success([Fixture.anna]))
        #expect(try candidates("2026-11-23T09:00Z") == .success([Fixture.bo, Fixture.anna]))
        #expect(try candidates("2026-11-23T07:00Z") == .failure(.outsideWorkingTime))
        #expect(try candidates("2026-11-23T09:05Z") == .failure(.offStep(15)))
        #expect(try candidates("2026-11-23T09:00Z", Fixture.colour) == .failure(.notQualified))
        #expect(try candidates("2026-11-23T09:00Z", Fixture.service(9)) == .failure(.unknownService))
    }
}
