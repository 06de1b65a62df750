import Foundation
import Scheduling

/// One person's place in one salon on one UTC day: when they work, and when of that nothing takes them.
struct StaffDay: Sendable, Hashable {
    let free: AvailabilitySheet
    /// Only tells a salon that is full from one that is closed.
    let working: AvailabilitySheet

    init(free: AvailabilitySheet, working: AvailabilitySheet) {
        self.free = free
        self.working = working
    }

    /// Reads the serialised form; nil for anything else.
    init?(bytes: [UInt8]) {
        let length = AvailabilitySheet.byteCount
        guard bytes.count == 2 * length, let free = AvailabilitySheet(bytes: bytes[..<length]),
            let working = AvailabilitySheet(bytes: bytes[length...])
        else { return nil }
        self.init(free: free, working: working)
    }

    /// Both sheets, 72 bytes.
    var bytes: [UInt8] { free.bytes + working.bytes }

    /// Consecutive days, counted from 1970-01-01.
    static func days(_ days: Range<Int>, of member: StaffMember, roster: Roster, busy: [Range<Date>]) -> [StaffDay] {
        let first = UTCDay(days.lowerBound)
        let working = roster.workingTime(of: member, from: first.start, to: UTCDay(days.upperBound).start)
        let free = StepBits(working: working, busy: busy, from: first, days: days.count)
        let all = StepBits(working: working, busy: [], from: first, days: days.count)
        return days.map { number in
            StaffDay(
                free: AvailabilitySheet(free, day: UTCDay(number)), working: AvailabilitySheet(all, day: UTCDay(number))
            )
        }
    }
}
