public import Foundation

/// One step of a visit that is looked for: a service, by a certain person or by anybody.
public struct StepRequest: Sendable, Hashable {
    /// What.
    public var service: ServiceID
    /// By whom; nil is anybody.
    public var staff: StaffID?

    /// Names a step.
    public init(service: ServiceID, staff: StaffID? = nil) {
        self.service = service
        self.staff = staff
    }
}

extension Roster {
    /// The ways to have services one after the other, in order of their start, each start once: the way with the
    /// earliest end, of those the one that is earlier at the first step where they differ, and there the first of the
    /// roster.
    ///
    /// A next step begins when the one before has ended, or at most `maximumGap` minutes after that; one person may do
    /// several of them where their buffers do not meet. Notice and horizon hold for each step.
    ///
    /// - Parameter free: by person, all over the same days: those in which any of the steps can lie.
    /// - Complexity: mostly linear in the ways that are found. A start is given up after 10,000 tries, which only a
    ///   salon whose few people block each other by long buffers comes to.
    public func visits(
        _ requests: [StepRequest], maximumGap: Int, in window: Range<Date>, now: Date, extraNotice: Int = 0,
        free: [StaffID: StepBits], limit: Int = .max
    ) -> [[Offer]] {
        guard let like = free.values.first, !requests.isEmpty else { return [] }
        let shifts = shiftStarts(like: free)
        var levels: [VisitLevel] = []
        for request in requests {
            guard let service = service(request.service) else { return [] }
            let limits = service.startLimits(now: now, extraNotice: extraNotice, in: zone)
                .steps(of: StepBits.instant(of: like.start)..<StepBits.instant(of: like.start + like.count))
            levels.append(
                VisitLevel(
                    service: service, like: like,
                    choices: choices(for: service, staff: request.staff, free: free, shifts: shifts).map {
                        VisitLevel.Choice(service: service, member: $0.member, starts: $0.starts.limited(to: limits))
                    }))
        }
        let gap = min(max(maximumGap / StepBits.stepMinutes, 0), like.count)
        for number in levels.indices.dropLast().reversed() {
            levels[number].keep(leadingTo: levels[number + 1], gap: gap)
        }

        var found: [[Offer]] = []
        var steps = StepBits.step(notBefore: window.lowerBound)..<StepBits.step(notBefore: window.upperBound)
        while found.count < limit, let step = levels[0].starts.first(in: steps) {
            var search = VisitSearch(levels: levels, gap: gap)
            if let best = search.best(from: step) {
                found.append(
                    best.map { taken in
                        Offer(
                            resolve(taken.choice.service, by: taken.choice.member, at: StepBits.instant(of: taken.step))
                        )
                    })
            }
            steps = (step + 1)..<max(step + 1, steps.upperBound)
        }
        return found
    }
}
