public import Foundation

/// What could be booked: one service by one person at one time, free when it was looked up.
public struct Offer: Sendable, Hashable {
    /// What.
    public let service: ServiceID
    /// By whom; where anybody will do, the first who is free, and who does it is settled when it is booked.
    public let staff: StaffID
    /// When the service begins.
    public let start: Date
    /// When the service ends.
    public let end: Date
    /// What it costs, if that is known.
    public let price: Price?

    /// Describes an offer.
    public init(service: ServiceID, staff: StaffID, start: Date, end: Date, price: Price?) {
        self.service = service
        self.staff = staff
        self.start = start
        self.end = end
        self.price = price
    }

    init(_ step: ResolvedStep) {
        self.init(service: step.service, staff: step.staff, start: step.start, end: step.end, price: step.price)
    }
}

extension Roster {
    /// The starts at which a service can be had in a window, in order, each once, by the first person who is free then.
    /// - Parameters:
    ///   - id: what.
    ///   - staff: by whom; nil is anybody.
    ///   - party: how many at the same time, each by a person of their own.
    ///   - window: of the starts.
    ///   - now: for notice and horizon.
    ///   - extraNotice: minutes that somebody needs to get there.
    ///   - free: by person, over the window and what lies around it; see ``freeTime(busy:from:days:)``.
    ///   - limit: at most so many.
    public func offers(
        of id: ServiceID, staff: StaffID? = nil, party: Int = 1, in window: Range<Date>, now: Date,
        extraNotice: Int = 0, free: [StaffID: StepBits], limit: Int = .max
    ) -> [Offer] {
        guard let service = service(id),
            let starts = starts(of: service, staff: staff, party: party, free: free)
        else { return [] }
        let limits = service.startLimits(now: now, extraNotice: extraNotice)
        let own = self.staff.filter { $0.skills[id] != nil && (staff == nil || staff == $0.id) }
            .compactMap { member in free[member.id].map { (member, self.starts(of: service, by: member, free: $0)) } }
        var found: [Offer] = []
        let first = StepBits.step(notBefore: max(window.lowerBound, limits.lowerBound))
        let last = min(StepBits.step(notBefore: window.upperBound), StepBits.step(of: limits.upperBound) + 1)
        var steps = first..<max(first, last)
        while found.count < limit, let step = starts.first(in: steps) {
            if let (member, _) = own.first(where: { $0.1[step] }) {
                found.append(Offer(resolve(service, by: member, at: StepBits.instant(of: step))))
            }
            steps = (step + 1)..<max(step + 1, steps.upperBound)
        }
        return found
    }

    /// The offers nearest to a wanted start, nearest first; of two as near, the later.
    public func nearestOffers(
        of id: ServiceID, staff: StaffID? = nil, to wanted: Date, from start: Date, until end: Date, now: Date,
        busy: [StaffID: [Range<Date>]], limit: Int
    ) -> [Offer] {
        guard start < end else { return [] }
        let day = UTCDay(of: start).advanced(by: -1)
        let days = UTCDay(of: end).number - day.number + 3
        let free = freeTime(busy: busy, from: day, days: days)
        return Array(
            offers(of: id, staff: staff, in: start..<end, now: now, free: free)
                .sorted {
                    let (left, right) = (
                        abs($0.start.timeIntervalSince(wanted)), abs($1.start.timeIntervalSince(wanted))
                    )
                    return left == right ? $0.start > $1.start : left < right
                }.prefix(limit))
    }
}
