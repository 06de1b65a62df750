import Calendars
public import Foundation
public import Logging
import Salons
import Scheduling
public import Tenancy

/// The only writer of bookings.
///
/// It promises that no two live bookings, holds or blocks of one person ever overlap, that an acknowledged booking is
/// not lost, and that one key has one outcome: what was done under it is not done again, and what was refused because
/// of somebody's time or of the booking's state is not done either. Each request is one transaction in one round trip,
/// under advisory locks on every slot of 15 minutes that it touches (the protocol is the functions in
/// `migrations/functions/reservations`; the model in `Tests/ReservationModelTests` proves it, `salons-torture` tries
/// it).
public final class Reservations: Sendable {
    let calls: Calls
    let reader: CalendarReader
    let access: CustomerAccess
    let now: @Sendable () -> Date
    let scopes: ScopeMemory
    private let lanes: SalonLanes
    private let rosters: RosterCache

    /// - Parameters:
    ///   - database: where bookings are kept.
    ///   - configuration: timeouts and patience.
    ///   - logger: for faults; no personal data.
    ///   - now: the clock for notice and horizon; what locks and holds depend on goes by the database's own.
    public init(
        _ database: ScopedDatabase, configuration: ReservationsConfiguration = ReservationsConfiguration(),
        logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        calls = Calls(database: database, configuration: configuration, tally: Tally(), logger: logger)
        reader = CalendarReader(database)
        access = CustomerAccess(source: DatabaseAccessSource(database: database))
        scopes = ScopeMemory(lifetime: configuration.scopeLifetime, capacity: configuration.rosterCapacity)
        lanes = SalonLanes(width: configuration.concurrentPerSalon)
        rosters = RosterCache(capacity: configuration.rosterCapacity)
        self.now = now
    }

    /// What has been met since the start.
    public var statistics: ReservationStatistics { calls.tally.statistics }

    // MARK: Taking time

    /// Takes a visit's time for a few minutes, in which it can be confirmed.
    public func hold(
        _ visit: Visit, lasting duration: Duration = .seconds(300), scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("hold")
        fingerprint.add(visit)
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return try await take(
            visit, holdingFor: seconds, customer: nil, scope: scope, request: KeyedRequest(key, fingerprint))
    }

    /// Books a visit.
    public func book(
        _ visit: Visit, customer: Customer, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("book")
        fingerprint.add(visit)
        fingerprint.add(customer)
        return try await take(
            visit, holdingFor: nil, customer: customer, scope: scope, request: KeyedRequest(key, fingerprint))
    }

    private func take(
        _ visit: Visit, holdingFor seconds: Double?, customer: Customer?, scope: TenantScope, request: KeyedRequest
    ) async throws(ReservationError) -> Outcome {
        guard (1...Visit.maximumSteps).contains(visit.steps.count) else {
            return .refused(.invalidVisit("a visit has 1 to \(Visit.maximumSteps) steps, not \(visit.steps.count)"))
        }
        let id = UUID()
        return try await planned(
            in: visit.salon, services: visit.steps.map(\.service), scope: scope, request: request
        ) {
            (roster, now) throws(PlanningRefusal) in
            var plans = Plans()
            for way in try Planner(roster: roster, now: now).ways(visit.steps) {
                plans.add(way.map { (number: 0, step: $0) })
            }
            return .reserve(
                request, bookings: [id], roster: roster, start: visit.steps[0].start, plans: plans, lifetime: seconds,
                customer: customer)
        } onTaken: { roster throws(ReservationError) in
            let offers = try await self.alternatives(to: visit.steps, roster: roster, scope: scope)
            return .slotTaken(alternatives: offers, zone: roster.zone)
        }
    }

    // MARK: Around the calls

    /// Plans with the roster in the process and calls; reads the roster anew when it may be why the answer is no.
    ///
    /// A rule can refuse today what it let through when the same request came first, so the key is asked before a
    /// refusal by rule goes out.
    func planned(
        in salon: SalonID, services: [ServiceID], scope: TenantScope, request: KeyedRequest,
        _ plan: (Roster, Date) throws(PlanningRefusal) -> ProtocolCall,
        onTaken: (Roster) async throws(ReservationError) -> Refusal
    ) async throws(ReservationError) -> Outcome {
        var isFresh = false
        for _ in 0..<5 {
            guard let roster = try await roster(of: salon, scope: scope, isFresh: &isFresh) else {
                return counted(try await calls.replay(request, scope) ?? .refused(.unknownSalon))
            }
            let call: ProtocolCall
            do {
                call = try plan(roster, now())
            } catch {
                if !isFresh {
                    rosters.drop(salon)
                    continue
                }
                return counted(try await calls.replay(request, scope) ?? .refused(error.refusal))
            }
            let answer = try await lanes.run(salon) { [calls] () throws(ReservationError) in
                try await calls.call(call, scope: scope)
            }
            switch answer.outcome {
            case .calendarChanged: rosters.drop(salon)
            case .slotTaken: return counted(.refused(try await onTaken(roster)))
            case .tooSoon:
                // Its time passed while it waited for a lock.
                let notice = roster.services.filter { services.contains($0.id) }.map(\.minimumNotice).max()
                return counted(.refused(.rule(step: 0, .tooSoon(minimumNotice: notice ?? 0))))
            case .unknownSalon:
                rosters.drop(salon)
                return counted(try outcome(of: answer))
            default: return counted(try outcome(of: answer))
            }
        }
        throw .failed("the salon's calendar changed at each of five attempts")
    }

    func roster(
        of salon: SalonID, scope: TenantScope, isFresh: inout Bool
    ) async throws(ReservationError) -> Roster? {
        // One that the operator has read may be of a salon that no customer sees; the database would refuse it.
        if let known = rosters[salon], known.tenant == scope.tenant {
            isFresh = false
            return known
        }
        isFresh = true
        let found = try await calls.repeating { try await reader.rosters(of: [salon], scope: scope) }[salon]
        guard let found, found.tenant == scope.tenant else { return nil }
        rosters.keep(found)
        return found
    }

    /// The meaning of an answer by itself. Those that only a plan explains are errors here.
    func outcome(of answer: Answer) throws(ReservationError) -> Outcome {
        switch answer.outcome {
        case .done: .done(answer.bookings, isReplay: answer.isReplay)
        case .keyReused: .refused(.keyReused)
        case .notFound: .refused(.unknownBooking)
        case .holdExpired: .refused(.holdExpired)
        case .alreadyBooked: .refused(.alreadyBooked)
        case .ended: .refused(.ended)
        // The latter leaves nothing under the key, so that the request is tried anew.
        case .versionMismatch, .movedMeanwhile: .refused(.changedMeanwhile(version: 0))
        case .tooLate: .refused(.tooLate(window: answer.window ?? 0))
        case .unknownSalon: .refused(.unknownSalon)
        case .slotTaken, .tooSoon, .notBegun, .calendarChanged: throw .unexpected(answer.outcome)
        }
    }

    func counted(_ outcome: Outcome) -> Outcome {
        calls.tally.count {
            switch outcome {
            case .done(_, isReplay: true): $0.replays += 1
            case .done: $0.done += 1
            case .refused(.slotTaken), .refused(.series): $0.slotsTaken += 1
            case .refused: $0.refused += 1
            }
        }
        return outcome
    }
}

extension Roster {
    /// The local day of an instant, over which the load of people is compared.
    func day(of instant: Date) -> Range<Date> {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let start = calendar.startOfDay(for: instant)
        return start..<(calendar.date(byAdding: .day, value: 1, to: start) ?? start + 86_400)
    }
}
