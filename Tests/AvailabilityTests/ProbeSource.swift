import Availability
import Calendars
import Foundation
import Harness
import Reservations
import Salons
import Scheduling
import Synchronization
import Tenancy

/// The real source, counted, and held up where a test says so.
final class ProbeSource: CalendarSource {
    struct Counts: Sendable, Equatable {
        var rosters = 0
        var busy = 0
        var versions = 0
    }

    struct Hooks: Sendable {
        /// Between what the database said and its return.
        var afterRosters: @Sendable () async throws -> Void = {}
        var afterBusy: @Sendable () async throws -> Void = {}
        var beforeRosters: @Sendable () async throws -> Void = {}
    }

    private let base: any CalendarSource
    private let state = Mutex((counts: Counts(), hooks: Hooks()))

    init(_ world: World, hooks: Hooks = Hooks()) {
        base = PostgresCalendarSource(world.database)
        self.hooks = hooks
    }

    var counts: Counts { state.withLock { $0.counts } }
    var hooks: Hooks {
        get { state.withLock { $0.hooks } }
        set { state.withLock { $0.hooks = newValue } }
    }

    func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster] {
        state.withLock { $0.counts.rosters += 1 }
        try await hooks.beforeRosters()
        let value = try await base.rosters(of: salons, scope: scope)
        try await hooks.afterRosters()
        return value
    }

    func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]] {
        state.withLock { $0.counts.busy += 1 }
        let value = try await base.busy(of: staff, in: salons, from: start, to: end, scope: scope)
        try await hooks.afterBusy()
        return value
    }

    func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion] {
        state.withLock { $0.counts.versions += 1 }
        return try await base.versions(of: salons, scope: scope)
    }
}

/// A door that tests open.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var arrived = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// How many have come to the door.
    var arrived: Int { state.withLock { $0.arrived } }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.arrived += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
