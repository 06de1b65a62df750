import Foundation

extension Roster {
    /// The steps at which the clock on the wall shows a multiple of the slot step, over the steps of `bits`.
    ///
    /// - Parameter step: minutes, counted anew from each local midnight.
    public func slotMask(step: Int, like bits: StepBits) -> StepBits {
        var mask = StepBits(start: bits.start, count: bits.count)
        guard step > 0, bits.count > 0 else { return mask }
        let length = StepBits.stepSeconds
        let window = (bits.start * length)..<((bits.start + bits.count) * length)
        let (day, stride) = (86_400, step * 60)
        for stretch in ZoneOffsets(zone: zone, over: window).stretches {
            let local = (stretch.seconds.lowerBound + stretch.offset)..<(stretch.seconds.upperBound + stretch.offset)
            // The count begins anew at each midnight, which matters for a step that does not divide the day.
            var midnight = Int((Double(local.lowerBound) / Double(day)).rounded(.down)) * day
            while midnight < local.upperBound {
                var time = midnight
                if time < local.lowerBound { time += (local.lowerBound - time + stride - 1) / stride * stride }
                let end = min(midnight + day, local.upperBound)
                while time < end {
                    let second = time - stretch.offset
                    if second % length == 0 { mask.set(second / length) }
                    time += stride
                }
                midnight += day
            }
        }
        return mask
    }

    /// The steps at which a person who is free in `free` can begin a service: free for all of it, buffers included, on a
    /// slot step. Says nothing of notice and horizon, so that it can be kept.
    public func starts(of service: SalonService, by member: StaffMember, free: StepBits) -> StepBits {
        starts(of: service, by: member, free: free, mask: slotMask(step: service.slotStep, like: free))
    }

    func starts(of service: SalonService, by member: StaffMember, free: StepBits, mask: StepBits) -> StepBits {
        guard member.skills[service.id] != nil else { return StepBits(start: free.start, count: free.count) }
        var starts = free.runs(of: service.occupiedSteps(by: member))
            .delayed(by: service.bufferBefore / StepBits.stepMinutes)
        starts.formIntersection(mask)
        return starts
    }

    /// The steps at which anybody, or so many different people at the same time, can begin a service; nil where nobody's
    /// free time is known. Says nothing of notice and horizon, so that it can be kept.
    /// - Parameter free: by person, all over the same steps; who is missing is not free.
    public func starts(
        of service: SalonService, staff: StaffID? = nil, party: Int = 1, free: [StaffID: StepBits]
    ) -> StepBits? {
        guard let like = free.values.first else { return nil }
        let none = StepBits(start: like.start, count: like.count)
        // counts[n] is where more than n people can begin.
        var counts = [StepBits](repeating: none, count: max(party, 1))
        let able = people(for: service, staff: staff)
        guard able.count >= counts.count else { return none }
        let mask = slotMask(step: service.slotStep, like: like)
        for member in able {
            guard let free = free[member.id] else { continue }
            let own = starts(of: service, by: member, free: free, mask: mask)
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
        return counts[counts.count - 1]
    }

    /// Who does a service, or the one asked for if they do, in the order of the roster.
    func people(for service: SalonService, staff: StaffID? = nil) -> [StaffMember] {
        self.staff.filter { $0.skills[service.id] != nil && (staff == nil || staff == $0.id) }
    }

    /// The same with when each can begin; without those whose free time is not known.
    func choices(
        for service: SalonService, staff: StaffID?, free: [StaffID: StepBits]
    ) -> [(member: StaffMember, starts: StepBits)] {
        guard let like = free.values.first else { return [] }
        let mask = slotMask(step: service.slotStep, like: like)
        return people(for: service, staff: staff).compactMap { member in
            free[member.id].map { (member, starts(of: service, by: member, free: $0, mask: mask)) }
        }
    }
}
