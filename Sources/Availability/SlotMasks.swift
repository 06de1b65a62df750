import Foundation
import Scheduling
import Synchronization

/// Where the clock on the wall shows a multiple of a slot step: the same for all salons of a zone, so computed once.
final class SlotMasks: Sendable {
    private struct Key: Hashable {
        let zone: TimeZone
        let step: Int
        let days: Range<Int>
    }

    private static let capacity = 2_048
    private let masks = Mutex<[Key: StepBits]>([:])

    /// The mask of a roster's zone over UTC days, counted from 1970-01-01.
    func mask(step: Int, days: Range<Int>, roster: Roster) -> StepBits {
        let key = Key(zone: roster.zone, step: step, days: days)
        if let known = masks.withLock({ $0[key] }) { return known }
        var mask = StepBits(
            start: days.lowerBound * AvailabilitySheet.stepCount, count: days.count * AvailabilitySheet.stepCount)
        for number in mask.start..<mask.start + mask.count {
            let instant = StepBits.instant(of: number)
            if roster.isOnStep(instant, step: step) { mask.set(within: instant..<StepBits.instant(of: number + 1)) }
        }
        masks.withLock { masks in
            // Yesterday's are never asked for again.
            if masks.count >= Self.capacity { masks.removeAll() }
            masks[key] = mask
        }
        return mask
    }
}
