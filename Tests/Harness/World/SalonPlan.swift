public import Foundation
public import Geodesy
import Salons

/// What a bookable salon of a test is like; as it stands, a test does not depend on the day on which it runs.
public struct SalonPlan: Sendable {
    /// What the salon offers, in this order.
    public enum Menu: Sendable {
        /// A cut of 30 minutes.
        case cut
        /// The cut, and colour of 60 minutes with 15 after it, which only the first two people do.
        case cutAndColour
    }

    /// The middle of Copenhagen.
    public var location = Coordinate(uncheckedLatitude: 55.6761, longitude: 12.5683)
    /// The salon's time zone.
    public var zone = TimeZone.copenhagen
    /// The country, which decides the holidays.
    public var country: String?
    /// As a list gives them; nil for unknown.
    public var openingHours: String?
    /// Whether nobody works on holidays.
    public var isClosedOnHolidays = false
    /// Minutes before a booking from which on customers may not cancel.
    public var cancellationWindow = 0
    /// Minutes from now in which a cut cannot begin.
    public var minimumNotice = 0
    /// What can be booked.
    public var menu = Menu.cutAndColour
    /// How many people work there: Anna, Bo, Carl and others.
    public var people = 3
    /// The hours between which they work on every day.
    public var hours = 9..<17

    /// Three people who work from 09:00 to 17:00, with two services.
    public init() {}

    /// As it stands, but for what a closure changes.
    public static func with(_ change: (inout SalonPlan) -> Void) -> SalonPlan {
        var plan = SalonPlan()
        change(&plan)
        return plan
    }

    /// A salon of its own in a list, each time.
    func profile() -> SalonProfile {
        let reference = UUID().uuidString
        return SalonProfile(
            name: "Salon \(reference)", address: Address(country: country), location: location,
            timeZone: zone.identifier, openingHours: openingHours,
            source: SourceReference(source: "bookable", reference: reference))
    }
}
