public import Discovery
public import HTTPKit
public import Tenancy

/// The operations of those who look for a salon.
public struct SearchAPI: Sendable {
    let discovery: Discovery

    /// - Parameter discovery: answers the questions.
    public init(_ discovery: Discovery) {
        self.discovery = discovery
    }

    /// Every operation of this door.
    public var endpoints: [Endpoint<TenantScope>] { [nearby, nearbyInArea, available, salon] }
}

extension Tag {
    /// Where, and when.
    public static let salons = Tag(rawValue: "Salons")
}

extension Limits {
    /// A search: refused before bookings are.
    static let search = Limits(share: .one, rate: RateClass(rawValue: "search"))
}

extension Problem.Kind {
    /// The cursor is of another question.
    static let invalidCursor = Self(
        "invalid-cursor", 400, "The cursor does not belong to this question",
        meaning:
            "A cursor belongs to one question of one caller. This one was altered, is of another question, or is older "
            + "than the key that signed it.",
        advice: "Begin again without <code>cursor</code>.")

    /// There is no such salon for this caller.
    static let unknownSalon = unknown("salon")
}
