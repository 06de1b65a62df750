public import Events
public import Foundation
import JSON
public import Salons
public import Scheduling

/// What bookings tell of. Written by the functions of the protocol, with the change; the revision is the booking's
/// version.
public enum BookingEvents {
    /// What a change of a booking was. No personal data: whoever needs it reads the booking, as long as it is there.
    public struct Change: Sendable, Hashable {
        /// Where a booking stands.
        public struct Moment: Sendable, Hashable {
            /// Its status.
            public let status: Booking.Status
            /// When its first step begins.
            public let start: Date

            init?(_ json: JSONValue) {
                guard let status = json["status"]?.string.flatMap(Booking.Status.init),
                    let start = json["start"]?.number?.double
                else { return nil }
                self.status = status
                self.start = Date(timeIntervalSince1970: start)
            }
        }

        /// Where it was.
        public let salon: SalonID
        /// Before the change; nil for one that was new.
        public let before: Moment?
        /// After it.
        public let after: Moment

        init?(_ json: JSONValue) {
            guard let salon = json["salon"]?.string.flatMap(SalonID.init),
                let after = json["after"].flatMap(Moment.init)
            else { return nil }
            self.salon = salon
            self.after = after
            before = json["before"].flatMap(Moment.init)
            if json["before"] != nil, before == nil { return nil }
        }
    }

    /// Time was taken for some minutes.
    public static let held = kind("booking.held")
    /// A visit was agreed on, at once or by confirming a hold.
    public static let created = kind("booking.created")
    /// A booking is at another time, or done by others.
    public static let moved = kind("booking.moved")
    /// A booking or a hold was given back.
    public static let cancelled = kind("booking.cancelled")
    /// A hold was over and nobody had confirmed it.
    public static let expired = kind("booking.expired")
    /// The customer was there.
    public static let completed = kind("booking.completed")
    /// The customer was not there.
    public static let noShow = kind("booking.no_show")

    /// All of them.
    public static let all = [held, created, moved, cancelled, expired, completed, noShow]
    /// The names of all of them.
    public static let names = all.map(\.name)

    private static func kind(_ name: String) -> EventKind<BookingID, Change> {
        EventKind(name, subject: { BookingID($0) }, version: 1) { Change($0) }
    }
}
