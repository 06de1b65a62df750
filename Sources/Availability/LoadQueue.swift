import Foundation
import Salons
import Scheduling
import Synchronization
import Tenancy

/// Coalesces what callers miss into few loads: a salon that many ask for is read once, callers who come while all loads
/// are busy share the next one, and the number of loads at the same time is bounded.
final class LoadQueue: Sendable {
    /// Callers of one group may share a load: it is read by one role of the database and for one stretch of days, so
    /// that one who asks for a month does not hold up those who ask for an hour.
    private struct Group: Hashable {
        let scope: TenantScope
        let days: Range<Int>
    }

    private struct Member: Hashable {
        let group: Group
        let salon: SalonID
    }

    private typealias Load = Task<CalendarLoader.Calendars, any Error>

    /// A load that has not begun: salons can be added to it.
    private struct Waiting {
        let load: Load
        var wants: [SalonID: Range<Int>] = [:]
    }

    /// What a load under way will bring of one salon.
    private struct Running {
        let number: Int
        let steps: Range<Int>
        let began: UInt64
        let load: Load
    }

    private struct State {
        var loads = 0
        var joins = 0
        var waiting: [Int: Waiting] = [:]
        /// The load of a group to which salons are added.
        var open: [Group: Int] = [:]
        var running: [Member: Running] = [:]
    }

    /// The salons that one caller gets from one load.
    private struct Share {
        let load: Load
        /// When the load began, as a number of the ledger, if it was under way already.
        let joined: UInt64?
        var salons: [SalonID] = []
    }

    private let loader: CalendarLoader
    private let gate: Gate
    private let batchLimit: Int
    private let state = Mutex(State())

    init(loader: CalendarLoader, concurrentLoads: Int, batchLimit: Int) {
        self.loader = loader
        gate = Gate(concurrentLoads)
        self.batchLimit = max(batchLimit, 1)
    }

    /// Loads since the start, and how often a caller has joined one that another had asked for.
    var figures: (loads: Int, joins: Int) { state.withLock { ($0.loads, $0.joins) } }

    /// Calendars of salons for starts at some steps; nil where the scope has none.
    ///
    /// Nothing that was noted in the ledger before the call is missing in them.
    /// - Parameter isFresh: whether they must be read after the call, whatever is under way.
    func load(
        _ salons: [SalonID], steps: Range<Int>, scope: TenantScope, isFresh: Bool
    ) async throws(AvailabilityError) -> CalendarLoader.Calendars {
        var found: CalendarLoader.Calendars = [:]
        var rest = Set(salons)
        var mayJoin = !isFresh
        while !rest.isEmpty {
            let shares = shares(rest, steps, scope, mayJoin: mayJoin)
            defer { for share in shares { share.joined.map(loader.ledger.end) } }
            for share in shares {
                let calendars: CalendarLoader.Calendars
                do {
                    calendars = try await share.load.value
                } catch {
                    throw AvailabilityError(error)
                }
                for salon in share.salons {
                    guard let calendar = calendars[salon] else { continue }
                    // A load that began before may have read what was changed before the call.
                    if let joined = share.joined, !loader.ledger.isCurrent(calendar, of: salon, began: joined) {
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

    /// The loads that bring salons: those under way where that is allowed, and others.
    private func shares(
        _ salons: Set<SalonID>, _ steps: Range<Int>, _ scope: TenantScope, mayJoin: Bool
    ) -> [Share] {
        let group = Self.group(steps, scope)
        return state.withLock { state in
            var added: [Int: Share] = [:]
            var joined: [Int: Share] = [:]
            let first = state.loads + 1
            for salon in salons {
                if mayJoin, let running = state.running[Member(group: group, salon: salon)],
                    running.steps.lowerBound <= steps.lowerBound, running.steps.upperBound >= steps.upperBound
                {
                    // Keeps the notes since it began until they have been looked at.
                    if joined[running.number] == nil { loader.ledger.begin(with: running.began) }
                    joined[running.number, default: Share(load: running.load, joined: running.began)].salons
                        .append(salon)
                    continue
                }
                let number = open(group, for: salon, &state)
                guard let load = state.waiting[number]?.load else { continue }
                let other = state.waiting[number]?.wants[salon] ?? steps
                state.waiting[number]?.wants[salon] =
                    min(other.lowerBound, steps.lowerBound)..<max(other.upperBound, steps.upperBound)
                added[number, default: Share(load: load, joined: nil)].salons.append(salon)
            }
            state.joins += joined.count + added.keys.count { $0 < first }
            return Array(added.values) + Array(joined.values)
        }
    }

    private static func group(_ steps: Range<Int>, _ scope: TenantScope) -> Group {
        let perDay = AvailabilitySheet.stepCount
        let first = steps.lowerBound.flooredQuotient(by: perDay)
        let last = max(steps.upperBound - 1, steps.lowerBound).flooredQuotient(by: perDay)
        return Group(scope: scope, days: first..<last + 1)
    }

    /// The waiting load of a group that has room for a salon.
    private func open(_ group: Group, for salon: SalonID, _ state: inout State) -> Int {
        if let number = state.open[group], let waiting = state.waiting[number],
            waiting.wants.count < batchLimit || waiting.wants[salon] != nil
        {
            return number
        }
        state.loads += 1
        let number = state.loads
        state.open[group] = number
        state.waiting[number] = Waiting(load: Task { try await self.run(number, group) })
        return number
    }

    private func run(_ number: Int, _ group: Group) async throws -> CalendarLoader.Calendars {
        await gate.enter()
        defer { gate.leave() }
        let (wants, began) = begin(number, group)
        defer { end(number, wants, group, began) }
        return try await loader.run(wants, scope: group.scope, began: began)
    }

    private func begin(_ number: Int, _ group: Group) -> (wants: [SalonID: Range<Int>], began: UInt64) {
        state.withLock { state in
            let began = loader.ledger.begin()
            if state.open[group] == number { state.open[group] = nil }
            guard let waiting = state.waiting.removeValue(forKey: number) else { return ([:], began) }
            for (salon, steps) in waiting.wants {
                state.running[Member(group: group, salon: salon)] = Running(
                    number: number, steps: steps, began: began, load: waiting.load)
            }
            return (waiting.wants, began)
        }
    }

    private func end(_ number: Int, _ wants: [SalonID: Range<Int>], _ group: Group, _ began: UInt64) {
        state.withLock { state in
            for salon in wants.keys {
                let member = Member(group: group, salon: salon)
                if state.running[member]?.number == number { state.running[member] = nil }
            }
        }
        loader.ledger.end(began)
    }
}
