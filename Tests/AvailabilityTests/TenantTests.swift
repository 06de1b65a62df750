import Availability
import Catalogue
import Foundation
import Harness
import Postgres
import Salons
import Scheduling
import Tenancy
import Testing

@Suite("Who may know what")
struct TenantTests {
    @Test func `a tenant is told nothing of another's salon, in memory or not`() async throws {
        let world = try await World(.cutsOnly())
        let other = try await world.neighbour(salons: 2)
        try await withBoard(world) { running in
            // In memory, because others have asked.
            let theirs = try await running.board.answers(
                World.question(), for: [other.salons[1]], scope: other.scope)
            #expect(theirs.answers[0].start == TestClock.at(9))
            #expect(
                running.board.knownAnswer(World.question(), for: other.salons[1], scope: world.scope) == .noCalendar)
            // Not in memory: the database would show the published calendar to anybody.
            let cold = try await running.board.answers(World.question(), for: [other.salon], scope: world.scope)
            #expect(cold.answers == [.noCalendar])
            for scope in [other.scope, .marketplace] {
                let answers = try await running.board.answers(World.question(), for: [other.salon], scope: scope)
                #expect(answers.answers[0].start == TestClock.at(9))
            }
            #expect(running.board.knownAnswer(World.question(), for: other.salon, scope: world.scope) == .noCalendar)
            for consistency in [Consistency.near, .strong] {
                let answers = try await running.board.answers(
                    World.question(), for: [world.salon, other.salon], scope: world.scope, consistency: consistency)
                #expect(answers.answers[0].start == TestClock.at(9))
                #expect(answers.answers[1] == .noCalendar)
            }
        }
    }

    @Test func `a draft exists for its tenant and not for the marketplace`() async throws {
        let world = try await World(.cutsOnly())
        let repository = SalonRepository(world.database, scope: world.scope)
        _ = try await repository.setStatus(.draft, of: world.salon)
        try await withBoard(world) { running in
            // The tenant's own calendar is in memory when the marketplace asks.
            for consistency in [Consistency.near, .strong] {
                for (scope, start) in [(world.scope, TestClock.at(9)), (.marketplace, nil)] {
                    let answers = try await running.board.answers(
                        World.question(), for: [world.salon], scope: scope, consistency: consistency)
                    #expect(answers.answers[0].start == start)
                    #expect(answers.answers[0] != .unknown)
                }
            }
            _ = try await repository.setStatus(.published, of: world.salon)
            try await running.catchUp()
            let published = try await running.board.answers(World.question(), for: [world.salon], scope: .marketplace)
            #expect(published.answers[0].start == TestClock.at(9))

            _ = try await repository.setStatus(.draft, of: world.salon)
            try await running.catchUp()
            #expect(running.board.knownAnswer(World.question(), for: world.salon, scope: .marketplace).start == nil)
            _ = try await running.board.answers(World.question(), for: [world.salon], scope: world.scope)
            #expect(running.board.knownAnswer(World.question(), for: world.salon, scope: .marketplace).start == nil)
        }
    }

    @Test func `a draft exists for its tenant and not for the tenant's customers`() async throws {
        let world = try await World(.cutsOnly())
        let repository = SalonRepository(world.database, scope: world.scope)
        let customer = world.scope.asCustomer
        _ = try await repository.setStatus(.draft, of: world.salon)
        try await withBoard(world) { running in
            // In both orders, so that each finds in memory what the other was told.
            for scope in [world.scope, customer, world.scope, customer] {
                for consistency in [Consistency.near, .strong] {
                    let said = try await running.board.answers(
                        World.question(), for: [world.salon], scope: scope, consistency: consistency)
                    #expect(said.answers == [scope == customer ? .noCalendar : said.answers[0]])
                    #expect(said.answers[0].start == (scope == customer ? nil : TestClock.at(9)))
                }
                #expect(
                    running.board.knownAnswer(World.question(), for: world.salon, scope: customer).start == nil)
            }
            _ = try await repository.setStatus(.published, of: world.salon)
            try await running.catchUp()
            let published = try await running.board.answers(World.question(), for: [world.salon], scope: customer)
            #expect(published.answers[0].start == TestClock.at(9))
        }
    }

    @Test func `a salon that is withdrawn is gone for a strong question at once`() async throws {
        let world = try await World(.cutsOnly())
        try await withBoard(world) { running in
            _ = try await running.board.answers(World.question(), for: [world.salon], scope: .marketplace)
            _ = try await SalonRepository(world.database, scope: world.scope).setStatus(.draft, of: world.salon)
            let answers = try await running.board.answers(
                World.question(), for: [world.salon], scope: .marketplace, consistency: .strong)
            #expect(answers.answers == [.noCalendar])
        }
    }

    @Test func `a key of a sheet is made only for those who may read it`() async throws {
        let world = try await World(.cutsOnly())
        let other = try await world.neighbour()
        func key(_ owner: TenantID, _ scope: TenantScope) -> CacheKey? {
            CacheKey(
                availabilityOf: owner, readIn: scope, salon: world.salon, revision: 7, staff: world.anna.rawValue,
                epoch: 3, day: 20_000)
        }
        let owner = try #require(world.scope.tenant)
        #expect(key(owner, other.scope) == nil)
        let own = try #require(key(owner, world.scope))
        #expect(own.text.hasPrefix("t:{\(owner)}:avail:"))
        #expect(own == key(owner, .marketplace))
        let elsewhere = CacheKey(
            availabilityOf: owner, readIn: world.scope, salon: SalonID(UUID()), revision: 7,
            staff: world.anna.rawValue, epoch: 3, day: 20_000)
        #expect(own != elsewhere)
    }
}
