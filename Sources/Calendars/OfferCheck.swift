public import Foundation
public import Salons
public import Scheduling

/// An offer that somebody has seen and wants to know the truth of.
public struct SeenOffer: Sendable, Hashable {
    /// Where.
    public var salon: SalonID
    /// What.
    public var service: ServiceID
    /// By whom; nil for anybody.
    public var staff: StaffID?
    /// When the service begins.
    public var start: Date

    /// The most that are checked at once.
    public static let maximum = 100

    /// Describes an offer.
    public init(salon: SalonID, service: ServiceID, staff: StaffID? = nil, start: Date) {
        self.salon = salon
        self.service = service
        self.staff = staff
        self.start = start
    }

    /// The time whose bookings decide whether offers hold and when else somebody is free.
    public static func span(of offers: [SeenOffer], now: Date) -> Range<Date> {
        let first = max(now, offers.map(\.start).min() ?? now)
        let last = max(now, offers.map(\.start).max() ?? now)
        let longest = SchedulingBounds.longestService
        return (first - longest)..<(last + OfferCheck.horizon + longest)
    }
}

/// Finds out whether an offer that somebody has seen still holds.
public struct OfferCheck: Sendable {
    /// Whether an offer holds.
    public enum Verdict: Sendable, Equatable {
        /// It does, by this person.
        case free(StaffID)
        /// Somebody has the time.
        case taken
        /// A rule of the salon is against it.
        case forbidden(BookingRefusal)
    }

    private let roster: Roster
    private let busy: [StaffID: [Range<Date>]]
    private let now: Date

    /// How far after a lost offer another is looked for.
    public static let horizon: TimeInterval = 7 * 86_400

    /// - Parameters:
    ///   - roster: the salon's calendar.
    ///   - busy: when its people are taken, in the offers' span.
    ///   - now: from which notice and horizon count.
    public init(roster: Roster, busy: [StaffID: [Range<Date>]], now: Date) {
        self.roster = roster
        self.busy = busy
        self.now = now
    }

    /// Whether the offer holds.
    public func verdict(_ offered: SeenOffer) -> Verdict {
        var verdict: Verdict?
        for person in offered.staff.map({ [$0] }) ?? roster.staff.map(\.id) {
            switch roster.check(offered.service, by: person, at: offered.start, now: now) {
            case .success(let resolved):
                if !(busy[person] ?? []).contains(where: { $0.overlaps(resolved.occupied) }) { return .free(person) }
                verdict = .taken
            case .failure(let rule):
                switch verdict {
                case nil, .forbidden(.notQualified): verdict = .forbidden(rule)
                default: break
                }
            }
        }
        return verdict ?? .forbidden(.unknownService)
    }

    /// The next start at or after that of the offer, within ``horizon``.
    public func nextFree(_ offered: SeenOffer) -> Date? {
        let from = max(now, offered.start)
        return roster.nearestOffers(
            of: offered.service, staff: offered.staff, to: from, from: from, until: from + Self.horizon, now: now,
            busy: busy, limit: 1
        ).first?.start
    }
}
