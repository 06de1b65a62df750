import Calendars
import Catalogue
import DemoData
import Foundation
import OpeningHours
import Progress
import Reservations
import Salons
import Scheduling
import Tenancy

/// Gives salons invented services, people and bookings: calendars to those that have none, and new bookings to invented
/// calendars whose made-up ones are over. What somebody has booked or changed since stays as it is.
struct DemoCalendarLoader: Sendable {
    /// A tenant's salons of one source.
    struct Group: Sendable {
        var scope: TenantScope
        var source: String
    }

    /// What was written.
    struct Outcome: Sendable {
        var calendars = 0
        var filled = 0
        var entries = 0
    }

    let graph: ServiceGraph
    let seed: UInt64

    private static let batch = 100
    private static let page = 2_000
    /// Batches that PostgreSQL works on at the same time.
    private static let width = 2

    /// Writes what is missing, some salons at a time, and stops between them when asked to; whatever is missing then is
    /// found by the next call.
    func load(_ groups: [Group], isStopping: @escaping @Sendable () -> Bool = { false }) async throws -> Outcome {
        var outcome = Outcome()
        var bar = ProgressLine("Inventing calendars", unit: "salons")
        defer { bar.clear() }
        for group in groups {
            var last: String?
            while !isStopping() {
                let page = try await SalonRepository(graph.database, scope: group.scope)
                    .salons(source: group.source, after: last, limit: Self.page)
                guard let end = page.last else { break }
                last = end.profile.source.reference
                let bookable = try await CalendarRepository(graph.database, scope: group.scope)
                    .bookable(among: page.map(\.id))
                let salons = page.filter { !bookable.contains($0.id) }
                let done = outcome.calendars
                _ = try await each(salons, isStopping) {
                    try await open($0, group.scope)
                } progress: { count in
                    bar.update(count: done + count)
                }
                outcome.calendars += salons.count
            }
        }
        bar.clear()
        bar = ProgressLine("Inventing bookings", unit: "salons")
        for scope in Set(groups.map(\.scope)) where !isStopping() {
            let idle = try await BulkOccupancy(graph.database, scope: scope).idle()
            let done = outcome.filled
            outcome.entries += try await each(idle, isStopping) {
                try await fill($0, scope)
            } progress: { count in
                bar.update(count: done + count)
            }
            outcome.filled += idle.count
        }
        return outcome
    }

    /// Works on batches, two at a time, and adds up what each returns.
    private func each<Element: Sendable>(
        _ elements: [Element], _ isStopping: @escaping @Sendable () -> Bool,
        _ work: @escaping @Sendable ([Element]) async throws -> Int, progress: (Int) -> Void
    ) async throws -> Int {
        let batches = stride(from: 0, to: elements.count, by: Self.batch).map {
            Array(elements[$0..<min($0 + Self.batch, elements.count)])
        }
        return try await withThrowingTaskGroup(of: (done: Int, result: Int).self) { tasks in
            var rest = batches[...]
            var (done, sum) = (0, 0)
            func next() {
                guard !isStopping(), let batch = rest.popFirst() else { return }
                tasks.addTask { (batch.count, try await work(batch)) }
            }
            for _ in 0..<Self.width { next() }
            while let finished = try await tasks.next() {
                done += finished.done
                sum += finished.result
                progress(done)
                next()
            }
            return sum
        }
    }

    private func open(_ salons: [Salon], _ scope: TenantScope) async throws -> Int {
        let generator = DemoCalendarGenerator(seed: seed)
        let now = Date()
        let rosters = salons.map { salon in
            // The day only says where invented closings lie, so an unknown zone does no harm.
            let zone = salon.profile.timeZone.flatMap { TimeZone(identifier: $0) } ?? .gmt
            return generator.roster(for: salon, from: CivilDay(of: now, in: zone))
        }
        try await CalendarRepository(graph.database, scope: scope).insertInvented(rosters)
        return rosters.count
    }

    private func fill(_ idle: [BulkOccupancy.Idle], _ scope: TenantScope) async throws -> Int {
        let generator = DemoCalendarGenerator(seed: seed)
        let now = Date()
        let rosters = try await graph.calendars.rosters(of: idle.map(\.salon), scope: scope)
        var entries: [BulkOccupancy.Entry] = []
        for salon in idle {
            guard let roster = rosters[salon.salon] else { continue }
            let diary = generator.diary(
                of: roster, reference: salon.source, from: CivilDay(of: now, in: roster.zone))
            entries += diary.bookings.map { booking in
                let step = booking.step
                return BulkOccupancy.Entry(
                    salon: salon.salon, staff: step.staff, during: step.occupied,
                    reason: .booking(step.service, step.start..<step.end, step.price, customer: booking.customer))
            }
            entries += diary.absences.map { absence in
                BulkOccupancy.Entry(
                    salon: salon.salon, staff: absence.staff, during: absence.during,
                    reason: absence.label.map { .block(label: $0) } ?? .timeOff)
            }
        }
        return try await BulkOccupancy(graph.database, scope: scope).insert(entries)
    }
}
