import Foundation
import Scheduling

/// Finds out whether an offer that somebody has seen still holds.
struct OfferCheck {
    /// The salon's; nil when the caller sees no such salon that takes bookings.
    let roster: Roster?
    let busy: [StaffID: [Range<Date>]]
    let now: Date

    /// How far after a lost offer another is looked for.
    static let horizon: TimeInterval = 7 * 86_400

    private enum Verdict {
        case free(StaffID)
        case taken
        case forbidden(BookingRefusal)
    }

    /// The answer for one offer.
    func document(of offered: LookupBody.Offered) -> JSONValue {
        let writer = BookingDocument(zone: roster.flatMap { $0.isZoneKnown ? $0.zone : nil })
        var members: [(String, JSONValue)] = [
            ("salon", .string("\(offered.salon)")), ("service", .string("\(offered.service)")),
        ]
        var staff = offered.staff
        var reason: String?
        var next: Date?
        if let roster {
            switch verdict(offered, roster) {
            case .free(let person): staff = person
            case .taken: reason = "taken"
            case .forbidden(let rule): reason = RefusalProblem.word(rule)
            }
            if reason != nil { next = nextFree(offered, roster) }
        } else {
            reason = "unknown-salon"
        }
        if let staff { members.append(("staff", .string("\(staff)"))) }
        members += [("start", writer.instant(offered.start)), ("available", .bool(reason == nil))]
        if let reason { members.append(("reason", .string(reason))) }
        if let next { members.append(("next_free_at", writer.instant(next))) }
        return .object(members)
    }

    private func verdict(_ offered: LookupBody.Offered, _ roster: Roster) -> Verdict {
        var verdict: Verdict?
        for person in offered.staff.map({ [$0] }) ?? roster.staff.map(\.id) {
            switch roster.check(offered.service, by: person, at: offered.start, now: now) {
            case .success(let resolved):
                if !(busy[person] ?? []).contains(where: { $0.overlaps(resolved.occupied) }) { return .free(person) }
                verdict = .taken
            case .failure(let rule):
                switch verdict {
                case nil, .forbidden(.notQualified): verdict = .forbidden(rule)
                default: break
                }
            }
        }
        return verdict ?? .forbidden(.unknownService)
    }

    private func nextFree(_ offered: LookupBody.Offered, _ roster: Roster) -> Date? {
        let from = max(now, offered.start)
        return roster.nearestOffers(
            of: offered.service, staff: offered.staff, to: from, from: from, until: from + Self.horizon, now: now,
            busy: busy, limit: 1
        ).first?.start
    }
}
