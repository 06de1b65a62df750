import Foundation
import Scheduling

/// A salon's starts by service, worked out once from sheets, so that a question costs a look at a few words.
///
/// Says nothing of notice and horizon, which depend on now.
struct StartTable: Sendable {
    /// What decides whether a service is looked at; apart from the rest, so that going over it counts no references.
    struct Head: Sendable {
        let id: ServiceID
        let category: ServiceCategory
        /// Seconds.
        let notice: Int
        /// Local dates after today's.
        let horizon: Int
    }

    struct Service: Sendable {
        /// Steps.
        let before: Int
        /// Where anybody can begin it.
        let starts: StepBits
        /// Minutes, counted from the beginning of a shift.
        let slotStep: Int
        let performers: [Performer]
    }

    /// Somebody who does a service.
    struct Performer: Sendable {
        /// Place in the roster.
        let member: Int
        let id: StaffID
        let price: Price?
        /// Steps, with buffers.
        let occupied: Int
        /// Seconds, without.
        let duration: Int
    }

    /// In the roster's order.
    let heads: [Head]
    /// In the same order.
    let services: [Service]
    /// By place in the roster.
    let free: [StepBits]
    /// The same without a look at what takes them.
    let working: [StepBits]
    /// Where the shifts of each begin.
    let shifts: [ShiftStarts]
    /// The steps at which all that decides about a start lies within the days of the table, whatever the service.
    let valid: Range<Int>

    init(roster: Roster, sheets: [[StaffDay]], days: Range<Int>) {
        let first = UTCDay(days.lowerBound)
        let free = sheets.map { StepBits($0.map(\.free), from: first) }
        let shifts = sheets.map { StaffDay.shiftStarts($0, from: first) }
        let none = StepBits(
            start: days.lowerBound * AvailabilitySheet.stepCount, count: days.count * AvailabilitySheet.stepCount)
        heads = roster.services.map { service in
            Head(
                id: service.id, category: service.category, notice: service.minimumNotice * 60,
                horizon: service.horizon)
        }
        services = roster.services.map { service in
            let performers = roster.performers(of: service)
            var starts = none
            let before = service.bufferBefore / StepBits.stepMinutes
            for performer in performers {
                var own = free[performer.member].runs(of: performer.occupied).delayed(by: before)
                own.formIntersection(shifts[performer.member].slots(every: service.slotStep, like: none))
                starts.formUnion(own)
            }
            return Service(before: before, starts: starts, slotStep: service.slotStep, performers: performers)
        }
        self.free = free
        working = sheets.map { StepBits($0.map(\.working), from: first) }
        self.shifts = shifts
        let reach = roster.reach
        let (start, end) = (none.start + reach.before, none.start + none.count - reach.after + 1)
        valid = start..<max(start, end)
    }

    /// Where a service can begin, done by a certain person or by `party` people at the same time.
    /// - Parameter time: of each person, by place in the roster: when they are free, or when they work at all.
    func starts(of service: Service, by member: Int?, party: Int, in time: [StepBits]) -> StepBits {
        // counts[n] is where more than n people can begin.
        var counts = [StepBits](
            repeating: StepBits(start: service.starts.start, count: service.starts.count), count: max(party, 1))
        for performer in service.performers where member == nil || performer.member == member {
            var own = time[performer.member].runs(of: performer.occupied).delayed(by: service.before)
            own.formIntersection(shifts[performer.member].slots(every: service.slotStep, like: own))
            for number in counts.indices.reversed() {
                var both = own
                if number > 0 { both.formIntersection(counts[number - 1]) }
                counts[number].formUnion(both)
            }
        }
        return counts[counts.count - 1]
    }

    /// The first of those who do a service who is free for all of it.
    func performer(of service: Service, at step: Int, by member: Int?) -> Performer? {
        service.performers.first { performer in
            guard member == nil || performer.member == member,
                shifts[performer.member].isSlot(step, every: service.slotStep)
            else { return false }
            let free = free[performer.member]
            let first = step - service.before
            return (first..<first + performer.occupied).allSatisfy { free[$0] }
        }
    }
}

extension Roster {
    /// How many steps before and after a start can matter, at most.
    var reach: (before: Int, after: Int) {
        var (before, after) = (0, 1)
        for service in services {
            before = max(before, service.bufferBefore / StepBits.stepMinutes)
            for performer in performers(of: service) {
                after = max(after, performer.occupied - service.bufferBefore / StepBits.stepMinutes)
            }
        }
        return (before, after)
    }

    fileprivate func performers(of service: SalonService) -> [StartTable.Performer] {
        staff.indices.compactMap { place in
            let member = staff[place]
            guard member.skills[service.id] != nil else { return nil }
            let duration = service.duration(by: member)
            let occupied = service.bufferBefore + duration + service.bufferAfter
            return StartTable.Performer(
                member: place, id: member.id, price: service.price(by: member),
                occupied: (occupied + StepBits.stepMinutes - 1) / StepBits.stepMinutes,
                duration: duration * 60)
        }
    }
}
