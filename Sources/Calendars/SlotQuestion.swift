public import Foundation
public import Scheduling

/// When can a salon take somebody: what is asked of one salon's calendar.
public struct SlotQuestion: Sendable, Equatable {
    /// One service that is wanted, by what it is called.
    public enum Wanted: Sendable, Equatable {
        /// One of the salon's own.
        case service(ServiceID)
        /// Any of a kind.
        case category(ServiceCategory)
    }

    /// In the order in which they are to be had; none means every service by itself.
    public var wanted: [Wanted]
    /// Who is to do all of it; nil for anybody.
    public var staff: StaffID?
    /// The first moment at which an offer may start.
    public var from: Date
    /// The moment before which it must start.
    public var to: Date
    /// How many people want it at the same time.
    public var party: Int
    /// Minutes that may lie between two steps.
    public var maximumGap: Int
    /// How many slots are wanted.
    public var limit: Int

    /// The window unless one is said.
    public static let usualSpan: TimeInterval = 7 * 86_400
    /// The widest window.
    public static let longestSpan: TimeInterval = 31 * 86_400
    /// The widest window in minutes.
    public static let longestMinutes = Int(longestSpan) / 60
    /// The most services one after the other. Every way to have several is looked at, so their number is bounded.
    public static let maximumSteps = 3
    /// Minutes between two steps unless said.
    public static let usualGap = 30
    /// The most minutes between two steps.
    public static let longestGap = 60
    /// Slots unless said.
    public static let usualLimit = 500
    /// The most slots.
    public static let maximumLimit = 1_000

    /// Asks for every service by anybody unless told otherwise.
    public init(
        wanted: [Wanted] = [], staff: StaffID? = nil, from: Date, to: Date, party: Int = 1, maximumGap: Int = usualGap,
        limit: Int = usualLimit
    ) {
        self.wanted = wanted
        self.staff = staff
        self.from = from
        self.to = to
        self.party = party
        self.maximumGap = maximumGap
        self.limit = limit
    }

    /// The time whose bookings decide the answer.
    public var span: Range<Date> {
        let steps = Double(max(1, wanted.count))
        let gaps = Double(maximumGap * 60) * steps
        let longest = SchedulingBounds.longestService
        return (from - longest)..<(to + longest * steps + gaps)
    }
}
