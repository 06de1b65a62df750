import Calendars
import Foundation
public import Salons
public import Scheduling
public import Tenancy

extension Reservations {
    /// Books one service again and again by one person, all occurrences or none.
    ///
    /// A refusal lists every occurrence that cannot be had: because of a rule, or because somebody has the time.
    /// - Parameters:
    ///   - step: the first occurrence; without staff, the first person who has all of it free is found.
    ///   - recurrence: how it goes on.
    ///   - salon: where.
    public func bookSeries(
        _ step: Visit.Step, recurrence: Recurrence, in salon: SalonID, customer: Customer, scope: TenantScope,
        key: IdempotencyKey
    ) async throws(ReservationError) -> Outcome {
        var fingerprint = Fingerprint("series")
        fingerprint.add(Visit(salon: salon, steps: [step]))
        fingerprint.add("\(recurrence)")
        fingerprint.add(customer)
        let request = KeyedRequest(key, fingerprint)
        let series = UUID()
        return try await planned(in: salon, services: [step.service], scope: scope, request: request) {
            (roster, now) throws(PlanningRefusal) in
            let starts = recurrence.starts(from: step.start, in: roster.zone)
            let plans = try seriesPlans(step, starts: starts, roster: roster, now: now)
            return .reserve(
                request, bookings: starts.map { _ in UUID() }, series: series, roster: roster, start: step.start,
                plans: plans, customer: customer)
        } onTaken: { roster throws(ReservationError) in
            let starts = recurrence.starts(from: step.start, in: roster.zone)
            let conflicts = try await self.conflicts(step, starts: starts, roster: roster, scope: scope)
            return .series(conflicts, zone: roster.zone)
        }
    }

    /// One plan for each person for whom no rule stands in the way of any occurrence.
    private func seriesPlans(
        _ step: Visit.Step, starts: [Date], roster: Roster, now: Date
    ) throws(PlanningRefusal) -> Plans {
        var plans = Plans()
        var best: [SeriesConflict]?
        let people = step.staff.map { [$0] } ?? roster.staff.filter { $0.skills[step.service] != nil }.map(\.id)
        for person in people.prefix(Plans.limit) {
            var steps: [(number: Int, step: ResolvedStep)] = []
            var conflicts: [SeriesConflict] = []
            for (number, start) in starts.enumerated() {
                switch roster.check(step.service, by: person, at: start, now: now) {
                case .success(let resolved): steps.append((number, resolved))
                case .failure(let rule): conflicts.append(SeriesConflict(number: number, start: start, rule: rule))
                }
            }
            if conflicts.isEmpty { plans.add(steps) }
            if best.map({ conflicts.count < $0.count }) ?? true { best = conflicts }
        }
        guard plans.isEmpty else { return plans }
        guard let best else {
            throw .rule(0, roster.services.contains { $0.id == step.service } ? .notQualified : .unknownService)
        }
        throw .series(best, zone: roster.zone)
    }

    /// The occurrences that somebody stands in the way of, for the person for whom they are fewest.
    private func conflicts(
        _ step: Visit.Step, starts: [Date], roster: Roster, scope: TenantScope
    ) async throws(ReservationError) -> [SeriesConflict] {
        guard let first = starts.first, let last = starts.last else { return [] }
        let reading = try await calls.repeating {
            try await reader.reading(
                of: [roster.salon], from: first - 2 * 86_400, to: last + 3 * 86_400, scope: scope)
        }
        let people = step.staff.map { [$0] } ?? roster.staff.filter { $0.skills[step.service] != nil }.map(\.id)
        let lists = people.map { person in
            starts.enumerated().compactMap { number, start -> SeriesConflict? in
                switch roster.check(step.service, by: person, at: start, now: now()) {
                case .failure(let rule): SeriesConflict(number: number, start: start, rule: rule)
                case .success(let resolved):
                    (reading.busy[person] ?? []).contains { $0.overlaps(resolved.occupied) }
                        ? SeriesConflict(number: number, start: start, rule: nil) : nil
                }
            }
        }
        return lists.min { $0.count < $1.count } ?? []
    }
}
