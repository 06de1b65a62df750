public import Foundation

/// The starts at which a salon can take somebody for any of some services, over whole UTC days.
///
/// It depends on the roster and on who is free, not on the present, so that it can be kept as long as the roster's
/// revision and the epochs hold. Notice and horizon are applied as it is asked.
public struct StartSheet: Sendable, Hashable {
    private struct Group: Hashable {
        let notice: Int
        let horizon: Int
        var starts: StepBits
    }

    /// One for all services with the same notice and horizon.
    private var groups: [Group] = []

    /// Whether there is no start at all.
    public var isEmpty: Bool { groups.isEmpty }

    /// Works out the starts of services by anybody, by one person, or by so many different people at the same time.
    /// - Parameter free: by person, all over the same steps; see ``Roster/sheetDays(forStartsIn:of:)`` for which.
    public init(
        _ roster: Roster, services: some Sequence<SalonService>, staff: StaffID? = nil, party: Int = 1,
        free: [StaffID: StepBits]
    ) {
        for service in services {
            guard let starts = roster.starts(of: service, staff: staff, party: party, free: free), !starts.isEmpty
            else {
                continue
            }
            if let number = groups.firstIndex(where: {
                $0.notice == service.minimumNotice && $0.horizon == service.horizon
            }) {
                groups[number].starts.formUnion(starts)
            } else {
                groups.append(Group(notice: service.minimumNotice, horizon: service.horizon, starts: starts))
            }
        }
    }

    /// The first start in a window that notice and horizon allow at `now`.
    /// - Parameter extraNotice: minutes that somebody needs to get there.
    /// - Complexity: linear in the days between, 4.5 words each; nothing is allocated.
    public func firstStart(in window: Range<Date>, now: Date, extraNotice: Int = 0) -> Date? {
        var first: Int?
        for group in groups {
            let limits = StartLimits(
                now: now, notice: max(group.notice, extraNotice), horizon: group.horizon)
            guard let found = group.starts.first(in: limits.steps(of: window)) else { continue }
            first = min(first ?? found, found)
        }
        return first.map(StepBits.instant(of:))
    }
}
