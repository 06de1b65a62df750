import OpeningHours
import Salons

/// What is wrong with a part of a roster, in a sentence that names it.
public struct RosterFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    static func check(name: String, of owner: String) throws(RosterFault) {
        guard !name.isEmpty else { throw RosterFault("\(owner) needs a name") }
        do throws(VisibleText.Fault) {
            _ = try VisibleText.checked(name)
        } catch {
            throw RosterFault("the name of \(owner) \(error)")
        }
    }
}

extension SalonService {
    /// Throws what is wrong with a service.
    public func validate() throws(RosterFault) {
        try RosterFault.check(name: name, of: "a service")
        try Self.check("duration", duration, 5...2_880)
        try Self.check("buffer before", bufferBefore, 0...720)
        try Self.check("buffer after", bufferAfter, 0...720)
        try Self.check("slot step", slotStep, 5...1_440)
        guard (0...43_200).contains(minimumNotice) else {
            throw RosterFault("the minimum notice is 0 to 43200 minutes, not \(minimumNotice)")
        }
        guard (1...730).contains(horizon) else { throw RosterFault("the horizon is 1 to 730 days, not \(horizon)") }
        try price?.validate()
    }

    static func check(_ name: String, _ minutes: Int, _ range: ClosedRange<Int>) throws(RosterFault) {
        guard range.contains(minutes), minutes % StepBits.stepMinutes == 0 else {
            throw RosterFault(
                "the \(name) is a multiple of 5 minutes from \(range.lowerBound) to \(range.upperBound), not \(minutes)"
            )
        }
    }
}

extension Price {
    /// Throws what is wrong with a price.
    public func validate() throws(RosterFault) {
        guard amount >= 0, amount <= Int(Int32.max) else { throw RosterFault("a price is not \(amount)") }
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw RosterFault("a currency is three capital letters, not '\(currency)'")
        }
    }
}

extension StaffMember {
    /// Throws what is wrong with a member, their skills or their hours.
    public func validate() throws(RosterFault) {
        try RosterFault.check(name: name, of: "a staff member")
        for skill in skills.values {
            if let duration = skill.duration { try SalonService.check("duration", duration, 5...2_880) }
            try skill.price?.validate()
        }
        for part in hours { try part.validate() }
    }
}

extension WorkingHours {
    /// Throws what is wrong with a part of a pattern.
    public func validate() throws(RosterFault) {
        guard (1...7).contains(weekday) else { throw RosterFault("a weekday is 1 to 7, not \(weekday)") }
        try ScheduleException.check(start, end)
        if let validFrom, let validTo, validTo < validFrom {
            throw RosterFault("hours valid from \(validFrom) cannot end on \(validTo)")
        }
    }
}

extension ScheduleException {
    /// Throws what is wrong with a dated change.
    public func validate() throws(RosterFault) {
        guard first <= last else { throw RosterFault("an exception from \(first) cannot end on \(last)") }
        try Self.check(start, end)
    }

    static func check(_ start: Int, _ end: Int) throws(RosterFault) {
        guard (0...1_439).contains(start), end > start, end <= 2_880 else {
            throw RosterFault("minutes of a day go from 0...1439 to at most 2880, not from \(start) to \(end)")
        }
    }
}
