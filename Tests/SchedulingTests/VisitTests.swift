import Foundation
import Scheduling
import Testing

@Suite struct VisitTests {
    private static let window = ("2026-11-23T08:00Z", "2026-11-23T12:00Z")

    /// `who@hh:mm` in UTC, for each way.
    private func ways(
        _ roster: Roster, _ requests: [StepRequest], gap: Int, busy: [StaffID: [(String, String)]] = [:],
        extraNotice: Int = 0, now: String = window.0, limit: Int = .max
    ) throws -> [[String]] {
        let range = try at(Self.window.0)..<at(Self.window.1)
        let taken = try busy.mapValues { try $0.map { try at("2026-11-23T\($0)Z")..<at("2026-11-23T\($1)Z") } }
        let free = roster.freeTime(busy: taken, from: UTCDay(of: range.lowerBound), days: 2)
        let names = [Fixture.anna: "anna", Fixture.bo: "bo"]
        return roster.visits(
            requests, maximumGap: gap, in: range, now: try at(now), extraNotice: extraNotice, free: free, limit: limit
        ).map { way in
            way.map {
                "\(names[$0.staff] ?? "?")@\(ISO8601DateFormatter().string(from: $0.start).dropFirst(11).prefix(5))"
            }
        }
    }

    private func salon(cut: SalonService, colour: SalonService, bo: [ServiceID: Skill]) throws -> Roster {
        try Fixture.roster(
            services: [cut, colour],
            staff: [Fixture.member(skills: [Fixture.cut: Skill()]), Fixture.member(Fixture.bo, skills: bo)])
    }

    private static let cutThenColour = [StepRequest(service: Fixture.cut), StepRequest(service: Fixture.colour)]

    @Test func `a step follows the one before, by another person, within the gap`() throws {
        let roster = try salon(
            cut: Fixture.haircut(step: 60), colour: Fixture.haircut(Fixture.colour, duration: 60, step: 15),
            bo: [Fixture.colour: Skill()])
        #expect(
            try ways(roster, Self.cutThenColour, gap: 0)
                == [
                    ["anna@08:00", "bo@08:30"], ["anna@09:00", "bo@09:30"], ["anna@10:00", "bo@10:30"],
                    ["anna@11:00", "bo@11:30"],
                ])
        // Bo is taken until 09:00: half an hour after the cut ends, which the gap must allow.
        let taken = [Fixture.bo: [("08:00", "09:00")]]
        #expect(try ways(roster, Self.cutThenColour, gap: 29, busy: taken, limit: 1) == [["anna@09:00", "bo@09:30"]])
        #expect(try ways(roster, Self.cutThenColour, gap: 30, busy: taken, limit: 1) == [["anna@08:00", "bo@09:00"]])
    }

    @Test func `one person does both where the buffers do not meet`() throws {
        let both = [Fixture.cut: Skill(), Fixture.colour: Skill()]
        func first(after: Int, gap: Int) throws -> [[String]] {
            let roster = try Fixture.roster(
                services: [Fixture.haircut(after: after), Fixture.haircut(Fixture.colour)],
                staff: [Fixture.member(skills: both)])
            return try ways(roster, Self.cutThenColour, gap: gap, limit: 1)
        }
        #expect(try first(after: 0, gap: 0) == [["anna@08:00", "anna@08:30"]])
        #expect(try first(after: 10, gap: 0) == [])
        #expect(try first(after: 10, gap: 15) == [["anna@08:00", "anna@08:45"]])
        #expect(try first(after: 15, gap: 15) == [["anna@08:00", "anna@08:45"]])
        #expect(try first(after: 20, gap: 15) == [])
    }

    @Test func `the earliest end wins, then the roster's order`() throws {
        let roster = try salon(
            cut: Fixture.haircut(), colour: Fixture.haircut(Fixture.colour),
            bo: [Fixture.cut: Skill(duration: 15), Fixture.colour: Skill()])
        #expect(try ways(roster, Self.cutThenColour, gap: 60, limit: 1) == [["bo@08:00", "bo@08:15"]])
        let even = try salon(
            cut: Fixture.haircut(), colour: Fixture.haircut(Fixture.colour),
            bo: [Fixture.cut: Skill(), Fixture.colour: Skill()])
        #expect(try ways(even, Self.cutThenColour, gap: 60, limit: 1) == [["anna@08:00", "bo@08:30"]])
    }

    @Test func `a wanted person, notice and horizon hold for each step`() throws {
        let skills = [Fixture.cut: Skill(), Fixture.colour: Skill()]
        func roster(notice: Int, horizon: Int = 30) throws -> Roster {
            try Fixture.roster(
                services: [
                    Fixture.haircut(step: 30),
                    Fixture.haircut(Fixture.colour, notice: notice, horizon: horizon, step: 30),
                ],
                staff: [Fixture.member(skills: skills), Fixture.member(Fixture.bo, skills: skills)])
        }
        let wanted = [
            StepRequest(service: Fixture.cut, staff: Fixture.bo),
            StepRequest(service: Fixture.colour, staff: Fixture.anna),
        ]
        #expect(try ways(roster(notice: 0), wanted, gap: 0, limit: 1) == [["bo@08:00", "anna@08:30"]])
        #expect(try ways(roster(notice: 60), wanted, gap: 0, limit: 1) == [["bo@08:30", "anna@09:00"]])
        #expect(try ways(roster(notice: 60), wanted, gap: 30, limit: 1) == [["bo@08:00", "anna@09:00"]])
        #expect(try ways(roster(notice: 0), wanted, gap: 0, extraNotice: 31, limit: 1) == [["bo@09:00", "anna@09:30"]])
        // The second step is past the horizon, which ends with a date of the salon.
        #expect(try ways(roster(notice: 0, horizon: 1), wanted, gap: 0, now: "2026-11-21T22:59Z").isEmpty)
        let first = try ways(roster(notice: 0, horizon: 1), wanted, gap: 0, now: "2026-11-21T23:00Z", limit: 1)
        #expect(first == [["bo@08:00", "anna@08:30"]])
    }

    @Test func `what nobody can do has no ways, however long the wish`() throws {
        let both = [Fixture.cut: Skill(), Fixture.colour: Skill()]
        let roster = try Fixture.roster(
            services: [Fixture.haircut(), Fixture.haircut(Fixture.colour)],
            staff: (1...6).map { Fixture.member(Fixture.person($0), skills: both) })
        #expect(try ways(roster, [], gap: 0) == [])
        #expect(try ways(roster, [StepRequest(service: Fixture.service(9))], gap: 0) == [])
        // The last step's only person is never free: without a look ahead this would be millions of tries.
        let wish = [StepRequest](repeating: StepRequest(service: Fixture.cut), count: 5)
        let dead = wish + [StepRequest(service: Fixture.colour, staff: Fixture.bo)]
        #expect(try ways(roster, dead, gap: 120, busy: [Fixture.bo: [("00:00", "23:59")]]) == [])
        #expect(try ways(roster, wish, gap: 120, limit: 1).first?.count == 5)
    }
}
