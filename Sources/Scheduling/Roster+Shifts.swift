public import Foundation

extension Roster {
    /// When a member works between two instants, merged and in order, and the shifts that lie at least partly between
    /// them. What lies up to four days before the first instant is among the former.
    ///
    /// A shift is an unbroken part of the weekly pattern, or a dated opening; where opening hours let it begin later,
    /// or a closing cuts it in two, each piece is a shift. Of two that overlap, the later one begins where the earlier
    /// one ends, and one within another is none of its own.
    public func work(
        of member: StaffMember, from start: Date, to end: Date
    ) -> (time: [Range<Date>], shifts: [Range<Date>]) {
        guard start < end, isZoneKnown else { return ([], []) }
        let time = WorkingTime(self, from: start - Self.longestShifts, to: end)
        let shifts = time.shifts(of: member).map {
            Date(timeIntervalSince1970: Double($0.lowerBound))..<Date(timeIntervalSince1970: Double($0.upperBound))
        }
        return (time.of(member), shifts.filter { $0.upperBound > start && $0.lowerBound < end })
    }

    /// Where the shifts of a member begin that decide about the slots at some steps.
    public func shiftStarts(of member: StaffMember, over steps: Range<Int>) -> ShiftStarts {
        let (start, end) = (StepBits.instant(of: steps.lowerBound), StepBits.instant(of: steps.upperBound))
        let time = WorkingTime(self, from: start - Self.longestShifts, to: end)
        return Self.starts(of: time.shifts(of: member), after: start)
    }

    /// As for one, for everyone over the steps of their free time; what is the same for all is worked out once.
    func shiftStarts(like free: [StaffID: StepBits]) -> [StaffID: ShiftStarts] {
        guard let like = free.values.first, like.count > 0, isZoneKnown else { return [:] }
        let (start, end) = (StepBits.instant(of: like.start), StepBits.instant(of: like.start + like.count))
        let time = WorkingTime(self, from: start - Self.longestShifts, to: end)
        return Dictionary(staff.map { ($0.id, Self.starts(of: time.shifts(of: $0), after: start)) }) { first, _ in first
        }
    }

    private static func starts(of shifts: [Range<Int>], after start: Date) -> ShiftStarts {
        ShiftStarts(
            shifts.filter { Double($0.upperBound) > start.timeIntervalSince1970 }
                .map { StepBits.step(notBefore: Date(timeIntervalSince1970: Double($0.lowerBound))) })
    }

    /// A shift lasts two days at most, and so does the one before it, which may say where it begins.
    static let longestShifts: TimeInterval = 4 * 86_400
}
