import Calendars
public import Foundation
public import Salons
public import Scheduling
import Synchronization
public import Tenancy

/// "When" from memory: rosters and free time of the salons that are asked about, with Redis behind them and PostgreSQL
/// as the truth.
///
/// An entry holds the epochs of the salon's staff and is dropped when a higher one becomes known; how, and why nothing
/// stale slips in between, is told in the ledger. What is in memory is therefore as old as the feed's lag, but never
/// without a booking that this instance took itself, and with `Consistency.strong` never without anything that was
/// committed before the question.
///
/// What a scope may not read does not exist for it: a tenant knows its own salons, its customers those of them that are
/// published, the marketplace all that are.
///
/// Redis away costs time and nothing else. With PostgreSQL away, what is in memory goes on being answered, as of the
/// instant that the feed last reached; of the rest, `AvailabilityError` is told.
public final class AvailabilityBoard: Sendable {
    /// The limits.
    public let configuration: AvailabilityConfiguration
    let ledger: Ledger
    let sheets: SheetCache
    let queue: LoadQueue
    let progress = Mutex(FeedProgress())
    private let source: any CalendarSource
    let near: NearCache
    private let now: @Sendable () -> Date

    /// A board that remembers nothing until an ``AvailabilityFeed`` follows the changes for it; before that, every
    /// question is a load.
    /// - Parameters:
    ///   - source: the truth.
    ///   - cache: Redis, if there is one.
    ///   - configuration: limits.
    ///   - now: the clock that age is told by.
    public init(
        source: any CalendarSource, cache: ScopedCache?,
        configuration: AvailabilityConfiguration = AvailabilityConfiguration(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.source = source
        self.configuration = configuration
        self.now = now
        near = NearCache(capacity: configuration.capacity)
        ledger = Ledger(cache: near)
        sheets = SheetCache(
            cache, lifetime: configuration.sheetLifetime, concurrentStores: configuration.concurrentStores)
        queue = LoadQueue(
            loader: CalendarLoader(
                source: source, ledger: ledger, sheets: sheets, residentDays: configuration.residentDays,
                minimumDays: configuration.minimumDays),
            concurrentLoads: configuration.concurrentLoads, batchLimit: configuration.batchLimit)
    }

    // MARK: From memory

    /// What a salon in memory has to say. Synchronous; takes no lock for longer than a look at one entry, so it may be
    /// called from an event loop.
    /// - Parameter extraNotice: minutes that the customer needs to get there.
    public func knownAnswer(
        _ question: AvailabilityQuestion, for salon: SalonID, extraNotice: Int = 0, scope: TenantScope
    ) -> SalonAnswer {
        answer(PreparedQuestion(question), for: salon, extraNotice: extraNotice, scope)
    }

    /// What salons in memory have to say, in their order; otherwise as the form for one.
    /// - Parameter extraNotice: minutes that the customer needs to get to each; none where it is shorter than `salons`.
    public func knownAnswers(
        _ question: AvailabilityQuestion, for salons: [SalonID], extraNotice: [Int] = [], scope: TenantScope
    ) -> [SalonAnswer] {
        let prepared = PreparedQuestion(question)
        return salons.indices.map { index in
            answer(
                prepared, for: salons[index], extraNotice: index < extraNotice.count ? extraNotice[index] : 0, scope)
        }
    }

    private func answer(
        _ question: PreparedQuestion, for salon: SalonID, extraNotice: Int, _ scope: TenantScope
    ) -> SalonAnswer {
        switch near.look(salon, scope) {
        case .calendar(let calendar): calendar.answer(question, extraNotice: extraNotice)
        case .absent: .noCalendar
        case .unknown: .unknown
        }
    }

    /// The instant for which answers from memory hold; `distantPast` before the feed has begun.
    public var asOf: Date { progress.withLock { $0.asOf } }

    /// Whether the feed was heard lately enough that memory can be trusted. Otherwise ask by
    /// ``answers(_:for:extraNotice:scope:consistency:)``, which then goes to the database first.
    public var isTrusted: Bool {
        now().timeIntervalSince(asOf) <= configuration.trustLimit / .seconds(1)
    }

    // MARK: With loads

    /// What salons have to say, from memory or after loading what is not there.
    ///
    /// With PostgreSQL away, near answers come from memory with an old `asOf`, and `failure` tells why others are
    /// unknown. Throws for a strong question that the database did not answer, and for a window beyond the limit.
    public func answers(
        _ question: AvailabilityQuestion, for salons: [SalonID], extraNotice: [Int] = [], scope: TenantScope,
        consistency: Consistency = .near
    ) async throws(AvailabilityError) -> AvailabilityAnswers {
        let steps = try steps(question.window, now: question.now)
        let began = now()
        var isFresh = consistency == .strong
        var asOf = self.asOf
        var failure: AvailabilityError?
        if isFresh || !isTrusted {
            do {
                try await refresh(salons, scope: scope)
                isFresh = true
                asOf = began
            } catch {
                guard consistency == .near else { throw error }
                failure = error
            }
        }
        var answers = knownAnswers(question, for: salons, extraNotice: extraNotice, scope: scope)
        let unknown = answers.indices.filter { answers[$0] == .unknown }
        if unknown.isEmpty { return AvailabilityAnswers(answers: answers, asOf: asOf, failure: nil) }
        do {
            let loaded = try await queue.load(
                unknown.map { salons[$0] }, steps: steps, scope: scope, isFresh: isFresh)
            let prepared = PreparedQuestion(question)
            for index in unknown {
                guard let calendar = loaded[salons[index]] else { continue }
                answers[index] =
                    calendar?.answer(prepared, extraNotice: index < extraNotice.count ? extraNotice[index] : 0)
                    ?? .noCalendar
            }
            failure = nil
        } catch {
            guard consistency == .near else { throw error }
            failure = error
        }
        return AvailabilityAnswers(answers: answers, asOf: asOf, failure: failure)
    }

    /// Asks the database for the present epochs of salons and drops what is older, so that what memory says afterwards
    /// is not without anything that was committed before the call.
    public func refresh(_ salons: [SalonID], scope: TenantScope) async throws(AvailabilityError) {
        let began = ledger.begin()
        defer { ledger.end(began) }
        do {
            let versions = try await source.versions(of: salons, scope: scope)
            ledger.confirm(versions, of: salons, scope: scope, began: began)
        } catch {
            throw AvailabilityError(error)
        }
    }

    private func steps(_ window: Range<Date>, now: Date) throws(AvailabilityError) -> Range<Int> {
        // What is over is not looked for.
        let first = StepBits.step(notBefore: max(window.lowerBound, now))
        let steps = first..<max(first, StepBits.step(notBefore: window.upperBound))
        guard steps.count <= configuration.maximumDays * AvailabilitySheet.stepCount else {
            throw .windowTooLong(limit: configuration.maximumDays)
        }
        return steps
    }

    // MARK: What this instance has changed

    /// This instance took or gave back time of these people, by a booking, a hold or a block: call it before anybody is
    /// told.
    public func noteChange(staff: [StaffID]) {
        ledger.suspect(staff)
    }

    /// The figures.
    public var status: AvailabilityStatus {
        let (entries, hits, misses, evictions) = near.figures
        let shared = sheets.figures
        let progress = progress.withLock { $0 }
        let (loads, joins) = queue.figures
        return AvailabilityStatus(
            isHealthy: progress.isHealthy && isTrusted, position: progress.position, asOf: progress.asOf,
            lag: max(0, now().timeIntervalSince(progress.asOf)), delay: progress.delay, entries: entries, hits: hits,
            misses: misses, evictions: evictions, staleDrops: ledger.staleDrops, sharedHits: shared.hits,
            sharedMisses: shared.misses, loads: loads, joins: joins, restarts: progress.restarts)
    }
}

extension SalonCalendar {
    func answer(_ question: PreparedQuestion, extraNotice: Int) -> SalonAnswer {
        table?.answer(question, extraNotice: extraNotice, roster: roster) ?? .unknown
    }
}
