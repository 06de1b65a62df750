public import Availability
public import Foundation
public import Scheduling

/// What a customer asks: which salons are near and can take me.
public struct AvailableRequest: Sendable {
    /// When it is to begin.
    public enum Start: Sendable, Hashable {
        /// Within these minutes from now.
        case within(minutes: Int)
        /// At or after the first instant and before the second.
        case between(Date, Date)
    }

    /// In which order the salons come.
    public enum Order: Sendable, Hashable {
        /// Nearest first.
        case distance
        /// Earliest start first, among the nearest ``Discovery/soonestPool`` salons.
        case soonest
        /// By distance band, and within a band earliest start first, among as many.
        case distanceBandThenSoonest
    }

    /// Where, which salons, which members, which page; its order is not looked at.
    public var nearby: NearbyRequest
    /// What.
    public var wish: AvailabilityQuestion.Wish
    /// By whom; nil is anybody.
    public var staff: StaffID?
    /// When.
    public var start: Start
    /// How many at the same time, each by a person of their own.
    public var party: Int
    /// Whether the way there, at 80 m a minute, must fit before the start.
    public var isWalking: Bool
    /// Whether the database is asked for every salon that comes into question before it is offered.
    public var isStrong: Bool
    /// The order.
    public var order: Order

    /// The window unless one is said, in minutes from now.
    public static let usualMinutes = 60
    /// The widest window that is said in minutes from now.
    public static let longestMinutes = 1_440
    /// The widest window, and how far ahead a diagnosis looks for the next free time.
    public static let longestWindow: TimeInterval = 14 * 86_400

    /// Asks for anything within the hour unless told otherwise.
    public init(
        nearby: NearbyRequest, wish: AvailabilityQuestion.Wish = .anything, staff: StaffID? = nil,
        start: Start = .within(minutes: usualMinutes), party: Int = 1, isWalking: Bool = false, isStrong: Bool = false,
        order: Order = .distance
    ) {
        self.nearby = nearby
        self.wish = wish
        self.staff = staff
        self.start = start
        self.party = party
        self.isWalking = isWalking
        self.isStrong = isStrong
        self.order = order
    }
}
