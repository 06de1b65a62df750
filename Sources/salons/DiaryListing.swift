import Calendars
import Foundation
import Reservations
import Scheduling

/// The entries of a week with what is said of them, customers included.
struct DiaryListing {
    let diary: [DiaryEntry]
    let roster: Roster
    let time: LocalTime

    var text: String {
        guard !diary.isEmpty else { return "Nothing takes this person's time in this week." }
        var table = TextTable([
            .init(title: "From"), .init(title: "To"), .init(title: "What"), .init(title: "Customer"),
            .init(title: "Booking"),
        ])
        for entry in diary {
            let service = entry.serviceID.map { roster.service($0)?.name ?? "a service that is no longer offered" }
            let what = service ?? entry.label ?? (entry.kind == "block" ? "blocked" : "time off")
            let isHeld = entry.kind == "hold"
            table.append([
                time.text(entry.service.lowerBound), time.clockText(entry.service.upperBound),
                isHeld ? "\(what) (held)" : what, entry.customer ?? "", entry.booking.map { "\($0)" } ?? "",
            ])
        }
        return table.text
    }
}
