public import Foundation

extension Roster {
    /// The starts at which a service can be had in a window, in order, each once, by the first person who is free then.
    /// - Parameters:
    ///   - id: what.
    ///   - staff: by whom; nil is anybody.
    ///   - party: how many at the same time, each by a person of their own.
    ///   - window: of the starts.
    ///   - now: for notice and horizon.
    ///   - extraNotice: minutes that somebody needs to get there.
    ///   - free: by person, all over the same days, which are those of ``sheetDays(forStartsIn:of:)`` or more.
    ///   - limit: the most that are wanted.
    public func offers(
        of id: ServiceID, staff: StaffID? = nil, party: Int = 1, in window: Range<Date>, now: Date,
        extraNotice: Int = 0, free: [StaffID: StepBits], limit: Int = .max
    ) -> [Offer] {
        parties(
            of: id, staff: staff, size: party, in: window, now: now, extraNotice: extraNotice, free: free, limit: limit
        ).compactMap(\.first)
    }

    /// As ``offers(of:staff:party:in:now:extraNotice:free:limit:)``, with an offer by a person of their own for each of
    /// a party; they are the first of the roster who are free then.
    public func parties(
        of id: ServiceID, staff: StaffID? = nil, size: Int, in window: Range<Date>, now: Date, extraNotice: Int = 0,
        free: [StaffID: StepBits], limit: Int = .max
    ) -> [[Offer]] {
        let shifts = shiftStarts(like: free)
        guard let service = service(id), size >= 1,
            let starts = starts(of: service, staff: staff, party: size, free: free, shifts: shifts)
        else { return [] }
        let choices = choices(for: service, staff: staff, free: free, shifts: shifts)
        var found: [[Offer]] = []
        var steps = service.startLimits(now: now, extraNotice: extraNotice, in: zone).steps(of: window)
        while found.count < limit, let step = starts.first(in: steps) {
            let start = StepBits.instant(of: step)
            found.append(
                choices.lazy.filter { $0.starts[step] }.prefix(size)
                    .map { Offer(resolve(service, by: $0.member, at: start)) })
            steps = (step + 1)..<max(step + 1, steps.upperBound)
        }
        return found
    }

    /// The offers nearest to a wanted start, nearest first; of two as near, the later.
    /// - Parameter busy: by person, what takes their time anywhere in the days of ``sheetDays(forStartsIn:of:)``.
    public func nearestOffers(
        of id: ServiceID, staff: StaffID? = nil, to wanted: Date, from start: Date, until end: Date, now: Date,
        busy: [StaffID: [Range<Date>]], limit: Int
    ) -> [Offer] {
        guard start < end, let service = service(id) else { return [] }
        let days = sheetDays(forStartsIn: start..<end, of: CollectionOfOne(service))
        let free = freeTime(busy: busy, from: days.first, days: days.count)
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
