import Calendars
import Foundation
import HTTPKit
import JSON
import Scheduling

/// The parameters of a question for free times.
enum SlotParameters {
    /// A question, and the moment at which it was asked.
    struct Asked: Sendable {
        var question: SlotQuestion
        var now: Date
    }

    /// - Parameter now: from which a window counts that does not say its beginning.
    static func all(now: @escaping @Sendable () -> Date) -> Parameters<Asked> {
        Parameters(service, staff, minutes, from, to, party, gap, limit) {
            (faults, service, staff, minutes, from, to, party, gap, limit) -> Asked in
            let now = now()
            let window = window(minutes, from, to, now: now, faults)
            let wanted = service.value ?? []
            if let party = party.value, party > 1 {
                if wanted.count > 1 { faults.add("party", "contradicts several services; ask for one of the two") }
                if wanted.isEmpty { faults.add("party", "needs a service") }
                if staff.isPresent {
                    faults.add("party", "contradicts staff: one person serves one customer at a time")
                }
            }
            if gap.isPresent, !service.isPresent { faults.add("max_gap_min", "goes with service") }
            if gap.isPresent, service.isPresent, wanted.count < 2 {
                faults.add("max_gap_min", "lies between two services; name several in service")
            }
            let question = SlotQuestion(
                wanted: wanted, staff: staff.value, from: window.from, to: window.to, party: party.value ?? 1,
                maximumGap: gap.value ?? SlotQuestion.usualGap, limit: limit.value ?? SlotQuestion.usualLimit)
            return Asked(question: question, now: now)
        }
    }

    private static func window(
        _ minutes: Given<Int>, _ from: Given<Date>, _ to: Given<Date>, now: Date, _ faults: Faults
    ) -> (from: Date, to: Date) {
        if minutes.isPresent {
            if from.isPresent { faults.add("from", "contradicts within_min; give one of the two") }
            if to.isPresent { faults.add("to", "contradicts within_min; give one of the two") }
            return (now, now + Double((minutes.value ?? 1) * 60))
        }
        let start = from.value ?? now
        let end = to.value ?? start + SlotQuestion.usualSpan
        guard to.value != nil || !to.isPresent else { return (start, end) }
        if end <= start { faults.add("to", "must be later than \(from.value == nil ? "now" : "from")") }
        if end.timeIntervalSince(start) > SlotQuestion.longestSpan {
            faults.add("to", "must be within \(days) days of from")
        }
        return (start, end)
    }

    private static let days = Int(SlotQuestion.longestSpan / 86_400)

    private static let service = Parameter.query(
        "service",
        Codec.list(
            of: .either(
                Codec<ServiceCategory>.word(), Codec.uuid(make: { ServiceID($0) }),
                first: { SlotQuestion.Wanted.category($0) }, second: { .service($0) }),
            count: 1...SlotQuestion.maximumSteps),
        "A service's `id` or a category. Several are had one after the other, in this order. Without it every service "
            + "by itself. Written as `haircut,colour`.", example: ["haircut"])

    private static let staff = Parameter.query(
        "staff", Codec.uuid(make: { StaffID($0) }), "Only offers by this person. Without it by whoever is free.",
        example: "3f0c2f9e-6d0a-4f0e-9d5e-0d6d1b0f6a11")

    private static let from = Parameter.query(
        "from", .instant, "Only offers that start at this instant or later, RFC 3339 with offset; now unless said.",
        example: Examples.placeholder("from"), isTried: true)

    private static let to = Parameter.query(
        "to", .instant,
        "Only offers that start before this instant, RFC 3339 with offset, at most \(days) days after `from`; seven "
            + "days after it unless said.", example: Examples.placeholder("to"), isTried: true)

    private static let minutes = Parameter.query(
        "within_min", .integer(1...SlotQuestion.longestMinutes),
        "Only offers that start within so many minutes. Not with `from` and `to`.", example: 60)

    private static let party = Parameter.query(
        "party", .integer(1...SchedulingBounds.largestVisit),
        "So many people want the one service at the same time, each from a person of their own.", default: 1,
        example: 2)

    private static let gap = Parameter.query(
        "max_gap_min", .integer(0...SlotQuestion.longestGap),
        "So many minutes may lie between one service and the next.", default: SlotQuestion.usualGap, example: 15)

    private static let limit = Parameter.query(
        "limit", .integer(1...SlotQuestion.maximumLimit),
        "About so many slots: those of one start are not parted. `next_from` is there when there are more.",
        default: SlotQuestion.usualLimit, example: 100)
}
