import Foundation

extension Roster {
    /// The steps at which a person who is free in `free` can begin a service: free for all of it, buffers included, on
    /// a slot step. Says nothing of notice and horizon, so that it can be kept.
    public func starts(of service: SalonService, by member: StaffMember, free: StepBits) -> StepBits {
        starts(
            of: service, by: member, free: free,
            shifts: shiftStarts(of: member, over: free.start..<free.start + free.count))
    }

    private func starts(
        of service: SalonService, by member: StaffMember, free: StepBits, shifts: ShiftStarts?
    ) -> StepBits {
        guard member.skills[service.id] != nil, let shifts else {
            return StepBits(start: free.start, count: free.count)
        }
        var starts = free.runs(of: service.occupiedSteps(by: member))
            .delayed(by: service.bufferBefore / StepBits.stepMinutes)
        starts.formIntersection(shifts.slots(every: service.slotStep, like: free))
        return starts
    }

    /// The steps at which anybody, or `party` different people at the same time, can begin a service; nil where
    /// nobody's free time is known. Says nothing of notice and horizon, so that it can be kept.
    /// - Parameter free: by person, all over the same steps; who is missing is not free.
    public func starts(
        of service: SalonService, staff: StaffID? = nil, party: Int = 1, free: [StaffID: StepBits]
    ) -> StepBits? {
        starts(of: service, staff: staff, party: party, free: free, shifts: shiftStarts(like: free))
    }

    func starts(
        of service: SalonService, staff: StaffID?, party: Int, free: [StaffID: StepBits],
        shifts: [StaffID: ShiftStarts]
    ) -> StepBits? {
        guard let like = free.values.first else { return nil }
        let none = StepBits(start: like.start, count: like.count)
        // counts[n] is where more than n people can begin.
        var counts = [StepBits](repeating: none, count: max(party, 1))
        let able = people(for: service, staff: staff)
        guard able.count >= counts.count else { return none }
        for member in able {
            guard let free = free[member.id] else { continue }
            let own = starts(of: service, by: member, free: free, shifts: shifts[member.id])
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
        for service: SalonService, staff: StaffID?, free: [StaffID: StepBits], shifts: [StaffID: ShiftStarts]
    ) -> [(member: StaffMember, starts: StepBits)] {
        people(for: service, staff: staff).compactMap { member in
            free[member.id].map { free in
                (member, starts(of: service, by: member, free: free, shifts: shifts[member.id]))
            }
        }
    }
}
