import Foundation
import Salons
import Scheduling
import Synchronization
import Tenancy

/// Gathers what callers miss into few flights: a salon that many ask for is read once, those who come while others are in
/// the air share the next flight, and only so many fly at a time.
final class LoadQueue: Sendable {
    /// What may share a flight: one role in the database, and one stretch of days, so that one who asks for a month does
    /// not hold up those who ask for an hour.
    private struct Route: Hashable {
        let scope: TenantScope
        let days: Range<Int>
    }

    private struct Seat: Hashable {
        let route: Route
        let salon: SalonID
    }

    private typealias Landing = Task<Flight.Landing, any Error>

    /// A flight that has not taken off.
    private struct Boarding {
        let task: Landing
        var wants: [SalonID: Range<Int>] = [:]
    }

    /// What a flight in the air brings.
    private struct Flying {
        let number: Int
        let steps: Range<Int>
        let began: UInt64
        let task: Landing
    }

    private struct State {
        var flights = 0
        var boarding: [Int: Boarding] = [:]
        /// The flight of a route that takes passengers.
        var open: [Route: Int] = [:]
        var inTheAir: [Seat: Flying] = [:]
    }

    /// Passengers of one flight; `joined` is its number in the ledger if it was in the air already.
    private struct Party {
        let task: Landing
        let joined: UInt64?
        var salons: [SalonID] = []
    }

    private let flight: Flight
    private let gate: Gate
    private let batchLimit: Int
    private let state = Mutex(State())

    init(flight: Flight, concurrentLoads: Int, batchLimit: Int) {
        self.flight = flight
        gate = Gate(concurrentLoads)
        self.batchLimit = max(batchLimit, 1)
    }

    /// Flights since the start.
    var loads: Int { state.withLock { $0.flights } }

    /// Calendars of salons for starts at some steps; nil where the scope has none.
    ///
    /// Nothing that was noted in the ledger before the call is missing in them.
    /// - Parameter isFresh: whether they must be read after the call, whatever is in the air.
    func load(
        _ salons: [SalonID], steps: Range<Int>, scope: TenantScope, isFresh: Bool
    ) async throws(AvailabilityError) -> [SalonID: SalonCalendar?] {
        var found: [SalonID: SalonCalendar?] = [:]
        var rest = Set(salons)
        var mayJoin = !isFresh
        while !rest.isEmpty {
            let parties = board(rest, steps, scope, mayJoin: mayJoin)
            defer { for party in parties { party.joined.map(flight.ledger.end) } }
            for party in parties {
                let landing: Flight.Landing
                do {
                    landing = try await party.task.value
                } catch {
                    throw AvailabilityError(error)
                }
                for salon in party.salons {
                    guard let calendar = landing.calendars[salon] else { continue }
                    // One that took off before may have read what was changed before the call.
                    if let joined = party.joined, !flight.ledger.isCurrent(calendar, of: salon, began: joined) {
                        continue
                    }
                    found[salon] = .some(calendar)
                    rest.remove(salon)
                }
            }
            mayJoin = false
        }
        return found
    }

    private func board(
        _ salons: Set<SalonID>, _ steps: Range<Int>, _ scope: TenantScope, mayJoin: Bool
    ) -> [Party] {
        let perDay = AvailabilitySheet.stepCount
        let first = steps.lowerBound.flooredQuotient(by: perDay)
        let last = max(steps.upperBound - 1, steps.lowerBound).flooredQuotient(by: perDay)
        let route = Route(scope: scope, days: first..<last + 1)
        return state.withLock { state in
            var boarded: [Int: Party] = [:]
            var joined: [Int: Party] = [:]
            for salon in salons {
                if mayJoin, let flying = state.inTheAir[Seat(route: route, salon: salon)],
                    flying.steps.lowerBound <= steps.lowerBound, flying.steps.upperBound >= steps.upperBound
                {
                    // Keeps the notes since its take-off until they have been looked at.
                    if joined[flying.number] == nil { flight.ledger.begin(with: flying.began) }
                    joined[flying.number, default: Party(task: flying.task, joined: flying.began)].salons.append(salon)
                    continue
                }
                let number = open(route, for: salon, &state)
                guard let task = state.boarding[number]?.task else { continue }
                let other = state.boarding[number]?.wants[salon] ?? steps
                state.boarding[number]?.wants[salon] =
                    min(other.lowerBound, steps.lowerBound)..<max(other.upperBound, steps.upperBound)
                boarded[number, default: Party(task: task, joined: nil)].salons.append(salon)
            }
            return Array(boarded.values) + Array(joined.values)
        }
    }

    /// The flight of a route that has room for a salon.
    private func open(_ route: Route, for salon: SalonID, _ state: inout State) -> Int {
        if let number = state.open[route], let boarding = state.boarding[number],
            boarding.wants.count < batchLimit || boarding.wants[salon] != nil
        {
            return number
        }
        state.flights += 1
        let number = state.flights
        state.open[route] = number
        state.boarding[number] = Boarding(task: Task { try await self.fly(number, route) })
        return number
    }

    private func fly(_ number: Int, _ route: Route) async throws -> Flight.Landing {
        await gate.enter()
        defer { gate.leave() }
        let (wants, began) = takeOff(number, route)
        defer { land(number, wants, route, began) }
        return try await flight.run(wants, scope: route.scope, began: began)
    }

    private func takeOff(_ number: Int, _ route: Route) -> (wants: [SalonID: Range<Int>], began: UInt64) {
        state.withLock { state in
            let began = flight.ledger.begin()
            if state.open[route] == number { state.open[route] = nil }
            guard let boarding = state.boarding.removeValue(forKey: number) else { return ([:], began) }
            for (salon, steps) in boarding.wants {
                state.inTheAir[Seat(route: route, salon: salon)] = Flying(
                    number: number, steps: steps, began: began, task: boarding.task)
            }
            return (boarding.wants, began)
        }
    }

    private func land(_ number: Int, _ wants: [SalonID: Range<Int>], _ route: Route, _ began: UInt64) {
        state.withLock { state in
            for salon in wants.keys {
                let seat = Seat(route: route, salon: salon)
                if state.inTheAir[seat]?.number == number { state.inTheAir[seat] = nil }
            }
        }
        flight.ledger.end(began)
    }
}
