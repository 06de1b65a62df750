/// One of a visit's steps: who could do it, and when.
struct VisitLevel {
    /// Somebody who can do the step; lengths in steps of a sheet.
    struct Choice {
        let service: SalonService
        let member: StaffMember
        let before: Int
        let duration: Int
        let after: Int
        var starts: StepBits

        init(service: SalonService, member: StaffMember, starts: StepBits) {
            self.service = service
            self.member = member
            self.starts = starts
            before = service.bufferBefore / StepBits.stepMinutes
            duration = service.duration(by: member) / StepBits.stepMinutes
            after = service.bufferAfter / StepBits.stepMinutes
        }
    }

    /// In the order of the roster.
    private(set) var choices: [Choice]
    /// Where anybody can begin it.
    private(set) var starts: StepBits
    let shortest: Int

    init(service: SalonService, like: StepBits, choices: [Choice]) {
        self.choices = choices
        starts = choices.reduce(into: StepBits(start: like.start, count: like.count)) { $0.formUnion($1.starts) }
        shortest = choices.map(\.duration).min() ?? 0
    }

    /// Drops the starts after which nobody can begin the next level in time, whoever is taken by then.
    mutating func keep(leadingTo next: VisitLevel, gap: Int) {
        var reachable = next.starts
        // Steps from which a start of the next level is at most `gap` away, by doubling.
        var reached = 0
        while reached < gap {
            let shift = min(reached + 1, gap - reached)
            reachable.formUnion(reachable.advanced(by: shift))
            reached += shift
        }
        starts = StepBits(start: starts.start, count: starts.count)
        for index in choices.indices {
            choices[index].starts.formIntersection(reachable.advanced(by: choices[index].duration))
            starts.formUnion(choices[index].starts)
        }
    }
}

/// Depth first over a visit's steps, earliest first, leaving what cannot end before the best that was found.
struct VisitSearch {
    struct Taken {
        let choice: VisitLevel.Choice
        let step: Int

        fileprivate var end: Int { step + choice.duration }

        fileprivate func meets(_ other: Taken) -> Bool {
            choice.member.id == other.choice.member.id
                && step - choice.before < other.end + other.choice.after
                && other.step - other.choice.before < end + choice.after
        }
    }

    private let levels: [VisitLevel]
    private let gap: Int
    /// By level, the least steps of it and all after it.
    private let shortest: [Int]
    private var tries = 10_000
    private var best: [Taken]?

    init(levels: [VisitLevel], gap: Int) {
        self.levels = levels
        self.gap = gap
        shortest = levels.reversed().reduce(into: []) { $0.append(($0.last ?? 0) + $1.shortest) }.reversed()
    }

    mutating func best(from step: Int) -> [Taken]? {
        extend([], steps: step..<(step + 1))
        return best
    }

    private mutating func extend(_ taken: [Taken], steps: Range<Int>) {
        guard taken.count < levels.count else {
            best = taken
            return
        }
        let level = levels[taken.count]
        var rest = steps
        while let step = level.starts.first(in: rest) {
            rest = (step + 1)..<max(step + 1, rest.upperBound)
            for choice in level.choices where choice.starts[step] {
                if let end = best?.last?.end, step + shortest[taken.count] >= end { return }
                let next = Taken(choice: choice, step: step)
                // On the last level a choice can be longer than the shortest.
                if taken.count + 1 == levels.count, let end = best?.last?.end, next.end >= end { continue }
                guard tries > 0 else { return }
                tries -= 1
                guard !taken.contains(where: next.meets) else { continue }
                extend(taken + [next], steps: next.end..<(next.end + gap + 1))
            }
        }
    }
}
