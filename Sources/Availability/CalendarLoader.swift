import Foundation
import Salons
import Scheduling
import Synchronization
import Tenancy

/// Reads what is missing of some salons in at most three round trips: rosters, sheets from Redis, busy times.
struct CalendarLoader: Sendable {
    /// What a load has read; nil where the scope has no calendar.
    typealias Calendars = [SalonID: SalonCalendar?]

    /// A calendar in the making.
    fileprivate struct Draft {
        let roster: Roster
        let isPublished: Bool
        let epochs: [Int64]
        let days: Range<Int>
        var sheets: [[StaffDay?]]
    }

    /// A sheet that is not in the process.
    private struct Gap {
        let salon: SalonID
        let member: Int
        let day: Int
        let key: CacheKey?
    }

    let source: any CalendarSource
    let ledger: Ledger
    let sheets: SheetCache
    let residentDays: Int
    let minimumDays: Int

    /// Reads calendars, and puts into memory what may stay there.
    /// - Parameters:
    ///   - wants: the steps at which starts will be looked for, by salon.
    ///   - scope: what the database is read as.
    ///   - began: the load's number in the ledger, taken before.
    func run(_ wants: [SalonID: Range<Int>], scope: TenantScope, began: UInt64) async throws -> Calendars {
        var drafts = try await drafts(wants, scope)
        try await fill(&drafts, scope)
        var calendars: Calendars = [:]
        for salon in wants.keys {
            calendars[salon] = .some(drafts[salon].map { $0.calendar() })
        }
        ledger.install(
            calendars.filter { $0.value.map { $0.days.count <= residentDays } ?? true }, scope: scope, began: began)
        return calendars
    }

    // MARK: Rosters

    private func drafts(_ wants: [SalonID: Range<Int>], _ scope: TenantScope) async throws -> [SalonID: Draft] {
        var known: [SalonID: SalonCalendar] = [:]
        var missing: [SalonID] = []
        for salon in wants.keys {
            // Looked at after the load has its number, so that a later change of it is noted.
            if let calendar = ledger.cache[salon]?.calendar, calendar.isSure, isVisible(calendar, scope) {
                known[salon] = calendar
            } else {
                missing.append(salon)
            }
        }
        var rosters: [SalonID: Roster] = [:]
        if !missing.isEmpty { rosters = try await source.rosters(of: missing, scope: scope) }
        var drafts: [SalonID: Draft] = [:]
        for (salon, steps) in wants {
            let calendar = known[salon]
            guard let roster = calendar?.roster ?? rosters[salon] else { continue }
            guard scope.tenant == nil || scope.tenant == roster.tenant else { continue }
            let epochs = calendar?.places.map(\.epoch) ?? roster.staff.map(\.epoch)
            let old = ledger.cache[salon]?.calendar.flatMap { $0.roster.revision == roster.revision ? $0 : nil }
            let days = days(for: steps, roster: roster, old: old)
            drafts[salon] = Draft(
                roster: roster, isPublished: calendar?.isPublished ?? (scope.actor == .customer), epochs: epochs,
                days: days,
                sheets: zip(roster.staff, epochs).map { member, epoch in
                    days.map { day in old?.sheet(member: member.id, epoch: epoch, day: day) }
                })
        }
        return drafts
    }

    private func isVisible(_ calendar: SalonCalendar, _ scope: TenantScope) -> Bool {
        guard scope.tenant == nil || scope.tenant == calendar.roster.tenant else { return false }
        return calendar.isPublished || scope.actor == .operator
    }

    /// The days that decide, at least as many as are always loaded, and those in memory that adjoin them.
    private func days(for steps: Range<Int>, roster: Roster, old: SalonCalendar?) -> Range<Int> {
        var days = SalonCalendar.days(for: steps, of: roster)
        days = days.lowerBound..<max(days.upperBound, days.lowerBound + minimumDays)
        guard let old, old.days.lowerBound <= days.upperBound, days.lowerBound <= old.days.upperBound else {
            return days
        }
        let both = min(old.days.lowerBound, days.lowerBound)..<max(old.days.upperBound, days.upperBound)
        return both.count <= residentDays ? both : days
    }

    // MARK: Sheets

    private func fill(_ drafts: inout [SalonID: Draft], _ scope: TenantScope) async throws {
        var gaps: [Gap] = []
        for (salon, draft) in drafts {
            for (member, days) in draft.sheets.enumerated() {
                for (place, sheet) in days.enumerated() where sheet == nil {
                    let day = draft.days.lowerBound + place
                    let key = CacheKey(
                        availabilityOf: draft.roster.tenant, readIn: scope, salon: salon,
                        revision: draft.roster.revision, staff: draft.roster.staff[member].id.rawValue,
                        epoch: draft.epochs[member], day: day)
                    gaps.append(Gap(salon: salon, member: member, day: day, key: key))
                }
            }
        }
        let keyed = gaps.compactMap(\.key)
        var found = keyed.isEmpty ? [][...] : await sheets.read(keyed)[...]
        var rest: [Gap] = []
        for gap in gaps {
            if gap.key != nil, let sheet = found.popFirst() ?? nil {
                drafts[gap.salon]?.put(sheet, gap.member, gap.day)
            } else {
                rest.append(gap)
            }
        }
        guard !rest.isEmpty else { return }
        let built = try await build(rest, &drafts, scope)
        sheets.store(built)
    }

    private func build(
        _ gaps: [Gap], _ drafts: inout [SalonID: Draft], _ scope: TenantScope
    ) async throws -> [(key: CacheKey, value: StaffDay)] {
        struct Person: Hashable {
            let salon: SalonID
            let member: Int
        }
        var spans: [Person: Range<Int>] = [:]
        var whole: Range<Int>?
        for gap in gaps {
            let person = Person(salon: gap.salon, member: gap.member)
            spans[person] = (spans[person] ?? gap.day..<gap.day + 1).including(gap.day)
            whole = (whole ?? gap.day..<gap.day + 1).including(gap.day)
        }
        guard let whole else { return [] }
        let staff = Set(spans.keys.compactMap { drafts[$0.salon]?.roster.staff[$0.member].id })
        let busy = try await source.busy(
            of: Array(staff), in: Array(Set(spans.keys.map(\.salon))), from: UTCDay(whole.lowerBound).start,
            to: UTCDay(whole.upperBound).start, scope: scope)
        var days: [Person: [StaffDay]] = [:]
        for (person, span) in spans {
            guard let roster = drafts[person.salon]?.roster else { continue }
            let member = roster.staff[person.member]
            days[person] = StaffDay.days(span, of: member, roster: roster, busy: busy[member.id] ?? [])
        }
        var built: [(key: CacheKey, value: StaffDay)] = []
        for gap in gaps {
            let person = Person(salon: gap.salon, member: gap.member)
            guard let span = spans[person], let sheet = days[person]?[gap.day - span.lowerBound] else { continue }
            drafts[gap.salon]?.put(sheet, gap.member, gap.day)
            if let key = gap.key { built.append((key, sheet)) }
        }
        return built
    }
}

extension CalendarLoader.Draft {
    fileprivate mutating func put(_ sheet: StaffDay, _ member: Int, _ day: Int) {
        sheets[member][day - days.lowerBound] = sheet
    }

    fileprivate func calendar() -> SalonCalendar {
        let places = zip(epochs, sheets).map { epoch, sheets in
            let complete = sheets.compactMap { $0 }
            return SalonCalendar.Place(epoch: epoch, sheets: complete.count == sheets.count ? complete : nil)
        }
        return SalonCalendar(roster: roster, isPublished: isPublished, days: days, places: places)
    }
}

extension Range<Int> {
    fileprivate func including(_ value: Int) -> Range<Int> {
        Swift.min(lowerBound, value)..<Swift.max(upperBound, value + 1)
    }
}
