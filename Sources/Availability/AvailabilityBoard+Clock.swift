public import Foundation
public import Salons
import Scheduling
public import Tenancy

extension AvailabilityBoard {
    /// Seconds by which a salon's clock is ahead of UTC at an instant; 0 for a salon that is not in memory.
    public func secondsFromGMT(of salon: SalonID, at instant: Date, scope: TenantScope) -> Int {
        guard case .calendar(let calendar) = near.look(salon, scope) else { return 0 }
        return calendar.roster.zone.secondsFromGMT(for: instant)
    }

    /// Forgets everything, as after a silence of the feed; what is asked next is read anew.
    public func forgetEverything() {
        ledger.follow()
    }
}
