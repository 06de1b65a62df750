import Calendars
import Events
import Salons
import Scheduling
import Synchronization
import Tenancy

/// Decides what may stand in memory: the only writer of the near cache.
///
/// **Epochs.** A person has an epoch in the database, raised in the transaction of whatever changes when they are free;
/// a roster has a revision in the same way. A reader reads the epoch first and the contents afterwards, so contents may
/// be newer than the epoch that they are kept under and are never older. Hence an entry is out of date exactly when a
/// higher epoch exists, and then somebody who learns of that epoch drops it: the feed for all, the instance that booked
/// for itself before it answers, a strong reader by asking the database.
///
/// **Loads under way.** What a load has read can be outdated before it is put into memory. So each load takes a number
/// before it reads anything, and as long as it is under way every change that is heard of is noted with a later number.
/// A result is put into memory as far as no note with a later number tells of something that is not surely in it:
/// - a higher epoch of a person: their sheets are left out;
/// - a change by this instance, whose epoch it does not know: the person's sheets are doubted and read again before
///   they answer, because the load may have read before the commit;
/// - a revision not below the roster's: the salon is left out. Not only a higher one, because the staff are read before
///   the revision and may be older than it.
///
/// What is left out of memory still answers those who asked before the change, and only those.
///
/// **Order.** One lock orders changes and installations, so that none falls between the look at the notes and the
/// entry. Before the feed has a position, and from a failure of which it does not know what it missed until it has one
/// again, nothing is put into memory: a fence stands above the numbers of all loads that began before.
final class Ledger: Sendable {
    /// What was heard while loads were under way.
    private struct StaffNote {
        var epoch: Int64 = .min
        var raised: UInt64 = 0
        var suspected: UInt64 = 0
    }
    private struct SalonNote {
        var revision: Int64 = .min
        var raised: UInt64 = 0
    }
    private struct State {
        var number: UInt64 = 0
        var fence: UInt64 = .max
        var staff: [StaffID: StaffNote] = [:]
        var salons: [SalonID: SalonNote] = [:]
        /// Loads under way, by number.
        var loads: [UInt64: Int] = [:]
        /// The salons in memory where a person works.
        var places: [StaffID: Set<SalonID>] = [:]
        var staleDrops = 0
    }

    let cache: NearCache
    private let state = Mutex(State())

    init(cache: NearCache) {
        self.cache = cache
    }

    /// Entries or parts of entries that were dropped because they had become stale.
    var staleDrops: Int { state.withLock { $0.staleDrops } }

    // MARK: Loads

    /// Registers a load, before it reads anything.
    func begin() -> UInt64 {
        state.withLock { state in
            state.loads[state.number, default: 0] += 1
            return state.number
        }
    }

    /// Registers somebody else who needs what has been noted since a load that is still registered.
    func begin(with number: UInt64) {
        state.withLock { $0.loads[number, default: 0] += 1 }
    }

    /// The load is over; notes that nobody needs any more are forgotten.
    func end(_ number: UInt64) {
        state.withLock { state in
            state.loads[number, default: 1] -= 1
            if state.loads[number] == 0 { state.loads[number] = nil }
            guard let oldest = state.loads.keys.min() else {
                state.staff.removeAll()
                state.salons.removeAll()
                return
            }
            guard state.staff.count + state.salons.count > 4_096 else { return }
            state.staff = state.staff.filter { max($0.value.raised, $0.value.suspected) > oldest }
            state.salons = state.salons.filter { $0.value.raised > oldest }
        }
    }

    /// Whether nothing noted since a load began tells of something that is not surely in what it read.
    func isCurrent(_ calendar: SalonCalendar?, of salon: SalonID, began: UInt64) -> Bool {
        state.withLock { Self.isCurrent(calendar, of: salon, began: began, $0) }
    }

    private static func isCurrent(_ calendar: SalonCalendar?, of salon: SalonID, began: UInt64, _ state: State) -> Bool
    {
        guard isRosterCurrent(calendar, of: salon, began: began, state) else { return false }
        guard let calendar else { return true }
        return zip(calendar.roster.staff, calendar.places).allSatisfy { member, place in
            guard let note = state.staff[member.id] else { return true }
            return note.suspected <= began && (note.raised <= began || note.epoch <= place.epoch)
        }
    }

    private static func isRosterCurrent(
        _ calendar: SalonCalendar?, of salon: SalonID, began: UInt64, _ state: State
    ) -> Bool {
        guard let note = state.salons[salon] else { return true }
        guard note.raised > began else { return true }
        guard let calendar else { return false }
        return note.revision < calendar.roster.revision
    }

    /// Puts what a load has read into memory, as far as it is current.
    /// - Parameter calendars: nil where the scope has none.
    func install(_ calendars: [SalonID: SalonCalendar?], scope: TenantScope, began: UInt64) {
        state.withLock { state in
            guard began >= state.fence else { return }
            for (salon, calendar) in calendars {
                guard Self.isRosterCurrent(calendar, of: salon, began: began, state) else { continue }
                guard let calendar else {
                    setAbsent(salon, scope, &state)
                    continue
                }
                var places = calendar.places
                for (place, member) in calendar.roster.staff.enumerated() {
                    guard let note = state.staff[member.id] else { continue }
                    if note.suspected > began { places[place].isSuspect = true }
                    if note.raised > began, note.epoch > places[place].epoch {
                        places[place].epoch = note.epoch
                        places[place].sheets = nil
                    }
                }
                var entry = cache[salon] ?? NearCache.Entry()
                if let old = entry.calendar, old.isNewer(than: calendar) { continue }
                let isKnownPublished =
                    entry.calendar.map { $0.isPublished && $0.roster.revision == calendar.roster.revision } ?? false
                entry.calendar = calendar.with(places)
                if isKnownPublished { entry.calendar = entry.calendar?.published() }
                if calendar.isPublished { entry.isAbsentInMarketplace = false }
                if let scope = entry.absentFor, scope.tenant == calendar.roster.tenant,
                    calendar.isPublished || scope.actor == .operator
                {
                    entry.absentFor = nil
                }
                put(entry, for: salon, &state)
            }
        }
    }

    private func setAbsent(_ salon: SalonID, _ scope: TenantScope, _ state: inout State) {
        var entry = cache[salon] ?? NearCache.Entry()
        switch scope.audience {
        case .marketplace:
            entry.isAbsentInMarketplace = true
            // What is published no longer may still be its tenant's, but is read anew for them.
            if entry.calendar?.isPublished == true { entry.calendar = nil }
        case .tenant(let tenant):
            entry.absentFor = scope
            // As for the marketplace: a draft is still the operator's.
            if let calendar = entry.calendar, calendar.roster.tenant == tenant,
                scope.actor == .operator || calendar.isPublished
            {
                entry.calendar = nil
            }
        }
        put(entry, for: salon, &state)
    }

    // MARK: Changes

    /// What the feed tells.
    func note(_ event: Event) {
        guard let revision = event.revision else { return }
        state.withLock { state in
            state.number += 1
            if let staff = CalendarEvents.availabilityChanged.subject(of: event) { raise(staff, to: revision, &state) }
            if let salon = CalendarEvents.calendarChanged.subject(of: event) { raise(salon, to: revision, &state) }
        }
    }

    /// The time of people was changed by this instance itself: their epochs are now others, which it does not know.
    func suspect(_ staff: [StaffID]) {
        state.withLock { state in
            state.number += 1
            let number = state.number
            for person in staff {
                if !state.loads.isEmpty { state.staff[person, default: StaffNote()].suspected = number }
                change(person, &state) { $0.suspected }
            }
        }
    }

    /// What the database says now: everything older is dropped.
    ///
    /// Asked for with `began`, so that a salon which had no calendar then is not taken for one without when something
    /// has happened to it since.
    func confirm(
        _ versions: [SalonID: CalendarVersion], of salons: [SalonID], scope: TenantScope, began: UInt64
    ) {
        state.withLock { state in
            state.number += 1
            for salon in salons {
                guard let version = versions[salon], scope.tenant == nil || scope.tenant == version.tenant else {
                    if began >= state.fence, Self.isRosterCurrent(nil, of: salon, began: began, state) {
                        setAbsent(salon, scope, &state)
                    }
                    continue
                }
                confirm(version, of: salon, &state)
            }
        }
    }

    private func confirm(_ version: CalendarVersion, of salon: SalonID, _ state: inout State) {
        // That a roster of this very revision is under way is no reason to do without it.
        noteRevision(version.revision - 1, of: salon, &state)
        if var entry = cache[salon] {
            let staff = entry.calendar.map { Set($0.roster.staff.map(\.id)) }
            let isOutdated =
                entry.calendar.map {
                    $0.roster.revision < version.revision || $0.roster.tenant != version.tenant
                        || staff != Set(version.epochs.keys)
                } ?? false
            if isOutdated {
                entry.calendar = nil
                state.staleDrops += 1
            }
            entry.isAbsentInMarketplace = false
            if entry.absentFor?.tenant == version.tenant { entry.absentFor = nil }
            put(entry, for: salon, &state)
        }
        for (staff, epoch) in version.epochs { raise(staff, to: epoch, &state) }
    }

    private func raise(_ staff: StaffID, to epoch: Int64, _ state: inout State) {
        if !state.loads.isEmpty {
            var note = state.staff[staff] ?? StaffNote()
            if epoch >= note.epoch {
                note.epoch = epoch
                note.raised = state.number
            }
            state.staff[staff] = note
        }
        change(staff, &state) { $0.epoch < epoch ? $0.raised(to: epoch) : nil }
    }

    private func raise(_ salon: SalonID, to revision: Int64, _ state: inout State) {
        noteRevision(revision, of: salon, &state)
        guard var entry = cache[salon] else { return }
        if let calendar = entry.calendar, calendar.roster.revision <= revision {
            entry.calendar = nil
            state.staleDrops += 1
        }
        entry.isAbsentInMarketplace = false
        entry.absentFor = nil
        put(entry, for: salon, &state)
    }

    private func noteRevision(_ revision: Int64, of salon: SalonID, _ state: inout State) {
        guard !state.loads.isEmpty else { return }
        var note = state.salons[salon] ?? SalonNote()
        if revision >= note.revision {
            note.revision = revision
            note.raised = state.number
        }
        state.salons[salon] = note
    }

    /// Changes what is known of a person in all entries.
    private func change(
        _ person: StaffID, _ state: inout State, _ change: (SalonCalendar.Place) -> SalonCalendar.Place?
    ) {
        for salon in state.places[person] ?? [] {
            guard var entry = cache[salon], let calendar = entry.calendar,
                let place = calendar.roster.staff.firstIndex(where: { $0.id == person }),
                let changed = change(calendar.places[place])
            else { continue }
            var places = calendar.places
            places[place] = changed
            entry.calendar = calendar.with(places)
            state.staleDrops += 1
            _ = cache.put(entry, for: salon)
        }
    }

    /// Puts an entry and keeps `places` in step.
    private func put(_ entry: NearCache.Entry, for salon: SalonID, _ state: inout State) {
        if let old = cache[salon]?.calendar { forget(old, &state) }
        if let evicted = cache.put(entry, for: salon) { forget(evicted, &state) }
        for member in entry.calendar?.roster.staff ?? [] { state.places[member.id, default: []].insert(salon) }
    }

    private func forget(_ calendar: SalonCalendar, _ state: inout State) {
        for member in calendar.roster.staff {
            state.places[member.id]?.remove(calendar.roster.salon)
            if state.places[member.id]?.isEmpty == true { state.places[member.id] = nil }
        }
    }

    // MARK: The feed

    /// From here on every change is heard of: what is read by loads that begin now may be kept, nothing else.
    func follow() {
        state.withLock { state in
            state.number += 1
            state.fence = state.number
            clear(&state)
        }
    }

    /// Changes are no longer heard of: nothing is put into memory until `follow`. What is there stays.
    func stop() {
        state.withLock { $0.fence = .max }
    }

    private func clear(_ state: inout State) {
        cache.removeAll()
        state.places.removeAll()
    }
}

extension SalonCalendar.Place {
    fileprivate var suspected: SalonCalendar.Place {
        var place = self
        place.isSuspect = true
        return place
    }

    fileprivate func raised(to epoch: Int64) -> SalonCalendar.Place {
        var place = self
        place.epoch = epoch
        place.sheets = nil
        return place
    }
}

extension SalonCalendar {
    /// Whether something in another calendar of the same salon is older than here.
    fileprivate func isNewer(than other: SalonCalendar) -> Bool {
        guard roster.revision == other.roster.revision else { return roster.revision > other.roster.revision }
        let epochs = Dictionary(zip(other.roster.staff.map(\.id), other.places.map(\.epoch))) { first, _ in first }
        return zip(roster.staff, places).contains { member, place in
            epochs[member.id].map { $0 < place.epoch } ?? false
        }
    }
}
