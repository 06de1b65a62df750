import Events
import Foundation
import Reservations

/// Events as a person at a terminal reads them.
enum EventListing {
    static func table(_ events: [Event]) -> TextTable {
        var table = TextTable([
            .init(title: "Event"), .init(title: "Written"), .init(title: "Kind"), .init(title: "Subject"),
            .init(title: "Revision"), .init(title: "What", maximumWidth: 80),
        ])
        for event in events {
            table.append([
                "\(event.position.id)", event.writtenAt.formatted(.iso8601), event.kind,
                event.subject.uuidString.lowercased(), event.revision.map { "\($0)" } ?? "", what(event),
            ])
        }
        return table
    }

    /// What its payload says; a payload that this program cannot read is said to be so.
    static func what(_ event: Event) -> String {
        do {
            for kind in BookingEvents.all {
                if let change = try kind.payload(of: event) { return sentence(change) }
            }
            return ""
        } catch {
            return "\(error)"
        }
    }

    private static func sentence(_ change: BookingEvents.Change) -> String {
        let after = text(change.after)
        guard let before = change.before else { return after }
        if before.status == change.after.status {
            return "\(text(before)) -> \(change.after.start.formatted(.iso8601))"
        }
        return "\(before.status.rawValue) -> \(after)"
    }

    private static func text(_ moment: BookingEvents.Change.Moment) -> String {
        "\(moment.status.rawValue) \(moment.start.formatted(.iso8601))"
    }
}
