public import Foundation
import OpeningHours

/// Between which instants a service can start when it is booked at one instant.
struct StartLimits {
    /// The first at which it can.
    let first: Date
    /// The first at which it cannot any more; before `first` where the notice is longer than the horizon.
    let end: Date

    /// - Parameters:
    ///   - notice: minutes.
    ///   - horizon: local dates after today's.
    init(now: Date, notice: Int, horizon: Int, zone: TimeZone) {
        first = now + Double(notice * 60)
        end = SalonService.bookingEnd(horizon: horizon, now: now, in: zone)
    }

    /// The steps that begin within the limits and within a window.
    func steps(of window: Range<Date>) -> Range<Int> {
        let begin = StepBits.step(notBefore: max(window.lowerBound, first))
        let end = StepBits.step(notBefore: min(window.upperBound, end))
        return begin..<max(begin, end)
    }
}

extension SalonService {
    /// The midnight that ends the last local date on which something can start: `horizon` dates after today's. The time
    /// of day at which somebody books does not matter.
    public static func bookingEnd(horizon: Int, now: Date, in zone: TimeZone) -> Date {
        let clock = LocalClock(zone: zone)
        let today = clock.day(at: Int(now.timeIntervalSince1970.rounded(.down)))
        return Date(
            timeIntervalSince1970: Double(clock.instant(day: today + (horizon + 1), minute: 0, occurrence: .first)))
    }

    /// - Parameter extraNotice: minutes that somebody needs to get there.
    func startLimits(now: Date, extraNotice: Int = 0, in zone: TimeZone) -> StartLimits {
        StartLimits(now: now, notice: max(minimumNotice, extraNotice), horizon: horizon, zone: zone)
    }
}
