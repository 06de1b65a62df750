/// Where the shifts of one person begin, in steps of a sheet. Slot steps count from there: with a step of 40 minutes, a
/// shift from 09:00 has slots at 09:00, 09:40, 10:20.
///
/// The minutes are those that pass, so that a change of the clocks within a shift moves no slot against its neighbours.
/// A shift that begins between two steps counts from the next one.
public struct ShiftStarts: Sendable, Hashable {
    /// In order. The first may lie before the stretch that was asked about, in a shift that goes on into it.
    public let steps: [Int]

    /// Gathers steps, which are in order.
    public init(_ steps: [Int]) {
        self.steps = steps
    }

    /// The steps at which a slot may begin, over the steps of `bits`, whether or not the person is free there.
    /// - Parameter minutes: the slot step.
    public func slots(every minutes: Int, like bits: StepBits) -> StepBits {
        var slots = StepBits(start: bits.start, count: bits.count)
        let length = max(minutes / StepBits.stepMinutes, 1)
        let end = bits.start + bits.count
        for (number, first) in steps.enumerated() {
            let next = number + 1 < steps.count ? min(steps[number + 1], end) : end
            var step = first
            if step < bits.start { step += (bits.start - step + length - 1) / length * length }
            while step < next {
                slots.set(step)
                step += length
            }
        }
        return slots
    }

    /// Whether a slot may begin at a step.
    /// - Parameter minutes: the slot step.
    public func isSlot(_ step: Int, every minutes: Int) -> Bool {
        guard let first = steps.last(where: { $0 <= step }) else { return false }
        return (step - first) % max(minutes / StepBits.stepMinutes, 1) == 0
    }
}
