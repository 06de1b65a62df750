import Calendars
import Foundation
import HTTPKit
import JSON
import OpeningHours
import Salons
import Scheduling
import Tenancy

extension BookingAPI {
    private static let found = Answer.json(200, "Free times", SlotList.shape, isValidated: true)

    /// `GET /v1/salons/{id}/slots`
    var slots: Endpoint<TenantScope> {
        let now = now
        return Endpoint(
            .get, "/v1/salons/{id}/slots", name: "getSlots", "When a salon can take somebody",
            "Free as of `as_of`, read from the database. Each start once: where anybody may do it, `staff` is one "
                + "person who is free. Several services, or a party, are slots with `steps` that are had together.",
            tag: .salons, access: .anyone, limits: .reading,
            parameters: Parameters(Self.salonID, SlotParameters.all(now: now)) { _, salon, question in
                (salon, question)
            }, answers: [Self.found], problems: [.unavailable]
        ) { asked, call in
            let (salon, wish) = asked
            let now = wish.now
            let question = wish.question
            let span = question.span
            let reading = try await reading(call.logger) {
                try await calendars.reading(
                    of: [salon], from: span.lowerBound, to: span.upperBound, scope: call.scope)
            }
            let roster = try Self.visible(reading.rosters[salon], call.scope)
            let page = try Self.page(SlotSearch(roster: roster, busy: reading.busy, now: now), question)
            let list = SlotList(page: page, roster: roster, question: question, asOf: now)
            // The tag is of what is offered, not of revision and epochs: a hold that ends by itself raises no epoch,
            // and the passing of time alone takes offers away.
            return Self.found(list).tagged(.revalidated, essence: SlotList.essence.bytes(list))
        }
    }

    private static func page(_ search: SlotSearch, _ question: SlotQuestion) throws(Problem) -> SlotSearch.Page {
        do throws(SlotSearch.Unknown) {
            return try search.page(question)
        } catch {
            var faults = error.services.map {
                Problem.Fault(parameter: "service", detail: "is no service of this salon: \($0)")
            }
            if error.isStaffUnknown {
                faults.insert(.init(parameter: "staff", detail: "is nobody who works in this salon"), at: 0)
            }
            throw Problem(.invalidParameter, faults: faults)
        }
    }
}

/// A page of free times, as it is answered.
struct SlotList: Sendable {
    var page: SlotSearch.Page
    var roster: Roster
    var question: SlotQuestion
    var asOf: Date

    private var zone: TimeZone? { roster.isZoneKnown ? roster.zone : nil }

    private static let essentials: [Property<SlotList>] = [
        Property("slots", .list(of: SlotShapes.slot)) { list in
            list.page.slots.map { SlotShapes.Slot($0, in: list.zone) }
        },
        .optional("next_from", .local, "There when there are more: ask again with this as `from`.") { list in
            list.page.next.map { LocalInstant($0, in: list.zone) }
        },
        .optional("time_zone", MenuShapes.zone) { $0.zone?.identifier },
        .optional("diagnosis", diagnosis) { $0.zone == nil ? .unknownTimeZone : nil },
        .optional("hours_unknown", hoursUnknown) { $0.unknownHours },
    ]

    /// Whatever does not change by the mere passing of time.
    static let essence = Shape(essentials)

    static let shape = Shape(essentials + [Property("as_of", .milliseconds) { $0.asOf }]).named("SlotList")

    private static let diagnosis = Shape<BookingRefusal>(
        [
            Property("reason", .text(words: [("enum", .array([.string(BookingRefusal.unknownTimeZone.word)]))])) {
                $0.word
            },
            Property("detail", .text()) { "\($0)" },
        ], description: "There when nothing can be offered at any time, such as where the zone is not known.")

    private static let hoursUnknown = Codec<String>.text(words: [
        (
            "enum",
            .array([OpeningState.UnknownReason.notUnderstood, .possibleHoliday].map { .string($0.rawValue) })
        ),
        (
            "description",
            .string(
                "`not_understood`: the salon's opening hours are not, and its people's own hours alone count. "
                    + "`possible_holiday`: in some of the time asked for nothing is offered, because the day may be a "
                    + "public holiday on which the salon is closed. Hours that leave a time open (\"by appointment\", "
                    + "`10:00+`) leave it to its people's own hours.")
        ),
    ])

    /// Why the opening hours do not say when the salon works in the window asked; nil when they do, or are not given.
    private var unknownHours: String? {
        if let hours = roster.openingHours, !hours.isUnderstood {
            return OpeningState.UnknownReason.notUnderstood.rawValue
        }
        return roster.isClosedForPossibleHoliday(from: question.from, to: question.to)
            ? OpeningState.UnknownReason.possibleHoliday.rawValue : nil
    }
}
