public import Foundation
public import Scheduling

/// When can a salon take somebody: the same question, asked of many salons.
public struct AvailabilityQuestion: Sendable, Hashable {
    /// What is wanted.
    public enum Wish: Sendable, Hashable {
        /// Anything that the salon does.
        case anything
        /// Any service of a kind.
        case category(ServiceCategory)
        /// One salon's own service.
        case service(ServiceID)
    }

    /// What is wanted.
    public var wish: Wish
    /// By whom; nil is anybody.
    public var staff: StaffID?
    /// In which the service must start.
    public var window: Range<Date>
    /// From which notice and horizon count.
    public var now: Date
    /// How many people want it at the same time, each from a person of their own.
    public var party: Int

    /// Asks for one person and anybody of the staff, unless told otherwise.
    public init(
        _ wish: Wish = .anything, staff: StaffID? = nil, window: Range<Date>, now: Date, party: Int = 1
    ) {
        self.wish = wish
        self.staff = staff
        self.window = window
        self.now = now
        self.party = party
    }
}

/// What one salon has to say to a question.
public enum SalonAnswer: Sendable, Hashable {
    /// It can; this is the first start, of several services the first in the roster, by the first person who is free.
    case free(Offer)
    /// It could be had in the window, were the time not taken.
    case full
    /// Nobody works long enough from any start in the window.
    case closed
    /// The salon's time zone is not known, and so neither is when anybody works.
    case unknownTimeZone
    /// Somebody would work in the window, but the day may be a public holiday, which is not known.
    case possibleHoliday
    /// Notice, horizon or the way there leave no start in the window.
    case tooSoon
    /// It does not do this, the person asked for does not, or fewer people do than want it at the same time.
    case noSuchService
    /// It cannot be booked, or is none of the caller's business.
    case noCalendar
    /// Not in memory, so nothing can be said without a load.
    case unknown
}

/// What many salons have to say.
public struct AvailabilityAnswers: Sendable {
    /// In the order of the salons.
    public var answers: [SalonAnswer]
    /// The instant for which they hold: what was booked later may be missing.
    public var asOf: Date
    /// Why some are `unknown`; nil when none is.
    public var failure: AvailabilityError?
}

/// How old an answer may be.
public enum Consistency: Sendable, Hashable {
    /// As old as the feed's lag; nothing that this instance booked itself is missing.
    case near
    /// Nothing is missing that was committed before the question was asked.
    case strong
}
