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
    /// The ways to have services one after the other, in order of their start, each start once: the earliest end, then
    /// the first people of the roster.
    ///
    /// A next step begins when the one before has ended, or at most `maximumGap` minutes after that; one person may do
    /// several of them where their buffers do not meet. Notice and horizon hold for each step.
    public func visits(
        _ requests: [StepRequest], maximumGap: Int, in window: Range<Date>, now: Date, extraNotice: Int = 0,
        free: [StaffID: StepBits], limit: Int = .max
    ) -> [[Offer]] {
        guard let first = requests.first else { return [] }
        var choices: [[Choice]] = []
        for request in requests {
            guard let service = service(request.service) else { return [] }
            let limits = service.startLimits(now: now, extraNotice: extraNotice)
            choices.append(
                staff.filter { $0.skills[service.id] != nil && (request.staff == nil || request.staff == $0.id) }
                    .compactMap { member in
                        free[member.id].map {
                            Choice(
                                service: service, member: member, starts: starts(of: service, by: member, free: $0),
                                steps: StepBits.step(
                                    notBefore: limits.lowerBound)..<(StepBits.step(of: limits.upperBound) + 1))
                        }
                    })
        }
        guard let service = self.service(first.service),
            let begins = starts(of: service, staff: first.staff, free: free)
        else { return [] }
        var found: [[Offer]] = []
        var steps = StepBits.step(notBefore: window.lowerBound)..<StepBits.step(notBefore: window.upperBound)
        while found.count < limit, let step = begins.first(in: steps) {
            let search = VisitSearch(roster: self, choices: choices, gap: maximumGap / StepBits.stepMinutes)
            if let best = search.best(from: step) { found.append(best.map(Offer.init)) }
            steps = (step + 1)..<max(step + 1, steps.upperBound)
        }
        return found
    }
}

/// Somebody who can do a step, and when they could begin it.
private struct Choice {
    let service: SalonService
    let member: StaffMember
    let starts: StepBits
    let steps: Range<Int>
}

/// Depth first over a visit's steps.
private struct VisitSearch {
    let roster: Roster
    let choices: [[Choice]]
    let gap: Int

    func best(from step: Int) -> [ResolvedStep]? {
        var best: [ResolvedStep]?
        extend([], steps: step..<(step + 1), best: &best)
        return best
    }

    private func extend(_ taken: [ResolvedStep], steps: Range<Int>, best: inout [ResolvedStep]?) {
        guard taken.count < choices.count else {
            if let end = taken.last?.end, best?.last.map({ end < $0.end }) ?? true { best = taken }
            return
        }
        for choice in choices[taken.count] {
            var rest = steps.clamped(to: choice.steps)
            while let step = choice.starts.first(in: rest) {
                rest = (step + 1)..<max(step + 1, rest.upperBound)
                let next = roster.resolve(choice.service, by: choice.member, at: StepBits.instant(of: step))
                guard taken.allSatisfy({ $0.staff != next.staff || !$0.occupied.overlaps(next.occupied) }) else {
                    continue
                }
                let end = StepBits.step(notBefore: next.end)
                extend(taken + [next], steps: end..<(end + gap + 1), best: &best)
            }
        }
    }
}
