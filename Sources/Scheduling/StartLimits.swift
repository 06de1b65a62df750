import Foundation

/// Between which instants a service can start when it is booked at one instant; both ends count.
struct StartLimits {
    let first: Date
    /// Before `first` where the notice is longer than the horizon: then nothing can start.
    let last: Date

    /// - Parameters:
    ///   - notice: minutes.
    ///   - horizon: days of 24 hours.
    init(now: Date, notice: Int, horizon: Int) {
        first = now + Double(notice * 60)
        last = now + Double(horizon) * 86_400
    }

    /// The steps that begin within the limits and within a window.
    func steps(of window: Range<Date>) -> Range<Int> {
        let begin = StepBits.step(notBefore: max(window.lowerBound, first))
        let end = min(StepBits.step(notBefore: window.upperBound), StepBits.step(of: last) + 1)
        return begin..<max(begin, end)
    }
}

extension SalonService {
    /// - Parameter extraNotice: minutes that somebody needs to get there.
    func startLimits(now: Date, extraNotice: Int = 0) -> StartLimits {
        StartLimits(now: now, notice: max(minimumNotice, extraNotice), horizon: horizon)
    }
}
