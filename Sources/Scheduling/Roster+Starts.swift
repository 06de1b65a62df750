public import Foundation
import OpeningHours

extension Roster {
    /// The steps at which the clock on the wall shows a multiple of the slot step, over the steps of `bits`.
    func slotMask(step: Int, like bits: StepBits) -> StepBits {
        var mask = StepBits(start: bits.start, count: bits.count)
        let clock = LocalClock(zone: zone)
        var current = bits.start
        let end = bits.start + bits.count
        while current < end {
            // The offset changes at most once in a few hours, so it is asked once an hour, and each step where it changed.
            let stretch = min(current + 12, end)
            let first = clock.offset(at: current * StepBits.stepSeconds)
            let isConstant = first == clock.offset(at: (stretch - 1) * StepBits.stepSeconds)
            for number in current..<stretch {
                let second = number * StepBits.stepSeconds
                let local = second + (isConstant ? first : clock.offset(at: second))
                if (local % 86_400 + 86_400) % 86_400 % (step * 60) == 0 { mask.set(number) }
            }
            current = stretch
        }
        return mask
    }

    /// The steps at which a person who is free in `free` can begin a service: free for all of it, buffers included, on a
    /// slot step. Says nothing of notice and horizon, so that it can be kept.
    public func starts(of service: SalonService, by member: StaffMember, free: StepBits) -> StepBits {
        guard member.skills[service.id] != nil else { return StepBits(start: free.start, count: free.count) }
        var starts = free.runs(of: service.occupiedSteps(by: member))
            .delayed(by: service.bufferBefore / StepBits.stepMinutes)
        starts.formIntersection(slotMask(step: service.slotStep, like: free))
        return starts
    }

    /// The steps at which anybody, or so many different people at the same time, can begin a service.
    /// - Parameter free: by person, all over the same steps; who is missing is not free.
    public func starts(
        of service: SalonService, staff: StaffID? = nil, party: Int = 1, free: [StaffID: StepBits]
    ) -> StepBits? {
        guard let like = free.values.first else { return nil }
        // counts[n] is where more than n people can begin.
        var counts = [StepBits](repeating: StepBits(start: like.start, count: like.count), count: max(party, 1))
        let mask = slotMask(step: service.slotStep, like: like)
        for member in self.staff where member.skills[service.id] != nil && (staff == nil || staff == member.id) {
            guard let free = free[member.id] else { continue }
            let own = free.runs(of: service.occupiedSteps(by: member))
                .delayed(by: service.bufferBefore / StepBits.stepMinutes)
            for number in counts.indices.reversed() {
                if number == 0 {
                    counts[0].formUnion(own)
                } else {
                    var both = counts[number - 1]
                    both.formIntersection(own)
                    counts[number].formUnion(both)
                }
            }
        }
        counts[counts.count - 1].formIntersection(mask)
        return counts[counts.count - 1]
    }

    /// When people are free over whole UTC days.
    /// - Parameter busy: by person, what takes their time anywhere.
    public func freeTime(busy: [StaffID: [Range<Date>]], from day: UTCDay, days: Int) -> [StaffID: StepBits] {
        var free: [StaffID: StepBits] = [:]
        for member in staff {
            let working = workingTime(of: member, from: day.start, to: day.advanced(by: days).start)
            free[member.id] = StepBits(working: working, busy: busy[member.id] ?? [], from: day, days: days)
        }
        return free
    }
}

extension StepBits {
    mutating func set(_ step: Int) {
        let bit = step - start
        guard bit >= 0, bit < count else { return }
        words[bit >> 6] |= 1 << UInt64(bit & 63)
    }
}
