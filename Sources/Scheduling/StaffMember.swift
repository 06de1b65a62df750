public import OpeningHours

/// One person's place in one salon: what they do there and when.
public struct StaffMember: Sendable, Hashable {
    /// Identity of the person.
    public let id: StaffID
    /// As customers read it.
    public var name: String
    /// Raised whenever anything that decides when this person is free has changed.
    public var epoch: Int64
    /// What this person can do, and how long and for how much if that is their own.
    public var skills: [ServiceID: Skill]
    /// The weekly pattern.
    public var hours: [WorkingHours]

    /// Describes a staff member.
    public init(id: StaffID, name: String, epoch: Int64, skills: [ServiceID: Skill], hours: [WorkingHours]) {
        self.id = id
        self.name = name
        self.epoch = epoch
        self.skills = skills
        self.hours = hours
    }
}

/// That somebody can do a service, with what is their own of it.
public struct Skill: Sendable, Hashable {
    /// Minutes, instead of the service's.
    public var duration: Int?
    /// Instead of the service's.
    public var price: Price?

    /// Names a skill.
    public init(duration: Int? = nil, price: Price? = nil) {
        self.duration = duration
        self.price = price
    }
}

/// A part of a weekly pattern, in local time.
public struct WorkingHours: Sendable, Hashable {
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    public var weekday: Int
    /// Minutes after local midnight, 0 to 1439, as a clock on the wall shows them.
    public var start: Int
    /// Minutes after the same midnight, beyond `start` and at most 2880: past 1440 it ends on the next day.
    public var end: Int
    /// The first date on which it holds; nil means always before.
    public var validFrom: CivilDay?
    /// The last date on which it holds; nil means ever after.
    public var validTo: CivilDay?

    /// Describes a part of a pattern.
    public init(weekday: Int, start: Int, end: Int, validFrom: CivilDay? = nil, validTo: CivilDay? = nil) {
        self.weekday = weekday
        self.start = start
        self.end = end
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// A dated change of the pattern: a day on which somebody does not work, or does so beyond the pattern.
public struct ScheduleException: Sendable, Hashable {
    /// What it does to its time.
    public enum Kind: String, Sendable, Hashable {
        /// Nobody works in it.
        case closed
        /// Work beyond the pattern and the opening hours.
        case open
    }

    /// Whom it concerns; nil is the whole salon.
    public var staff: StaffID?
    /// What it does.
    public var kind: Kind
    /// The first date.
    public var first: CivilDay
    /// The last date, which may be the first.
    public var last: CivilDay
    /// Minutes after local midnight of each of its days.
    public var start: Int
    /// Minutes after the same midnight, beyond `start` and at most 2880; 1440 for a whole day.
    public var end: Int

    /// Describes a dated change; whole days unless minutes are given.
    public init(
        staff: StaffID? = nil, kind: Kind, first: CivilDay, last: CivilDay, start: Int = 0, end: Int = 1440
    ) {
        self.staff = staff
        self.kind = kind
        self.first = first
        self.last = last
        self.start = start
        self.end = end
    }
}
