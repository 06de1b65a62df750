import Foundation
import Scheduling

/// One person's place in one salon on one UTC day: when they work, and when of that nothing takes them.
struct StaffDay: Sendable, Hashable {
    let free: AvailabilitySheet
    /// Only tells a salon that is full from one that is closed.
    let working: AvailabilitySheet
    /// Where shifts begin.
    let begins: AvailabilitySheet
    /// How many steps before the day the shift began that goes on into it; 0 where none does.
    let carry: UInt16

    init(free: AvailabilitySheet, working: AvailabilitySheet, begins: AvailabilitySheet, carry: UInt16) {
        self.free = free
        self.working = working
        self.begins = begins
        self.carry = carry
    }

    /// Reads the serialised form; nil for anything else.
    init?(bytes: [UInt8]) {
        let length = AvailabilitySheet.byteCount
        guard bytes.count == 3 * length + 2, let free = AvailabilitySheet(bytes: bytes[..<length]),
            let working = AvailabilitySheet(bytes: bytes[length..<2 * length]),
            let begins = AvailabilitySheet(bytes: bytes[(2 * length)..<3 * length])
        else { return nil }
        self.init(
            free: free, working: working, begins: begins,
            carry: UInt16(bytes[3 * length]) | UInt16(bytes[3 * length + 1]) << 8)
    }

    /// The three sheets and the carry, 110 bytes.
    var bytes: [UInt8] {
        free.bytes + working.bytes + begins.bytes + [UInt8(truncatingIfNeeded: carry), UInt8(carry >> 8)]
    }

    /// Where the shifts of consecutive days begin, of which the first is `day`.
    static func shiftStarts(_ days: [StaffDay], from day: UTCDay) -> ShiftStarts {
        guard let first = days.first else { return ShiftStarts([]) }
        let begins = StepBits(days.map(\.begins), from: day)
        var steps = first.carry > 0 ? [begins.start - Int(first.carry)] : []
        var rest = begins.start..<begins.start + begins.count
        while let step = begins.first(in: rest) {
            steps.append(step)
            rest = step + 1..<rest.upperBound
        }
        return ShiftStarts(steps)
    }

    /// Consecutive days, counted from 1970-01-01.
    static func days(_ days: Range<Int>, of member: StaffMember, roster: Roster, busy: [Range<Date>]) -> [StaffDay] {
        let first = UTCDay(days.lowerBound)
        let (working, shifts) = roster.work(of: member, from: first.start, to: UTCDay(days.upperBound).start)
        let free = StepBits(working: working, busy: busy, from: first, days: days.count)
        let all = StepBits(working: working, busy: [], from: first, days: days.count)
        let starts = shifts.map { StepBits.step(notBefore: $0.lowerBound) }
        var begins = StepBits(start: all.start, count: all.count)
        for step in starts { begins.set(within: StepBits.instant(of: step)..<StepBits.instant(of: step + 1)) }
        return days.map { number in
            let begin = number * AvailabilitySheet.stepCount
            let underWay = starts.indices.last {
                starts[$0] < begin && shifts[$0].upperBound > StepBits.instant(of: begin)
            }
            return StaffDay(
                free: AvailabilitySheet(free, day: UTCDay(number)),
                working: AvailabilitySheet(all, day: UTCDay(number)),
                begins: AvailabilitySheet(begins, day: UTCDay(number)),
                carry: underWay.map { UInt16(clamping: begin - starts[$0]) } ?? 0)
        }
    }
}
