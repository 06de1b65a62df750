import Availability
import Directory
import Foundation
import Geodesy
import JSON
import Salons
import Scheduling
import Tenancy

/// Says why nobody can take the customer, and when the nearest salons could.
struct AvailableDiagnosis {
    let discovery: Discovery
    let search: AvailableSearch
    let board: AvailabilityBoard

    /// At how many salons the next free time is sought.
    private static let salons = 3

    /// The words for why a salon has no offer, in the order in which they are written.
    private static let reasons = [
        "no_calendar", "service", "notice", "time_zone", "closed", "possible_holiday", "full",
    ]

    func json() async throws(DiscoveryError) -> JSONValue {
        let request = search.request
        let diagnosis: Diagnosis
        do {
            diagnosis = try discovery.directory.diagnose(search.query)
        } catch {
            throw Discovery.translated(error)
        }
        var counts: [String: Int] = [:]
        for salon in search.walk.removed { counts[Self.reason(salon.answer), default: 0] += 1 }
        let next = await nextFree()
        var relax = diagnosis.relax.map { DiagnosisText.parameter($0, request.nearby) }
        if !search.walk.removed.isEmpty {
            relax = next.isEmpty ? (counts["service"] == nil ? nil : "service") : windowParameter
        }
        let removed =
            DiagnosisText.removed(diagnosis, request: request.nearby)
            + Self.reasons.compactMap { reason in counts[reason].map { JSONValue.Member(reason, .integer($0)) } }
        var members: [JSONValue.Member] = [
            .init("within_radius", .integer(diagnosis.withinRegion)), .init("removed", .object(removed)),
        ]
        if let unknown = DiagnosisText.hoursUnknown(diagnosis) { members.append(unknown) }
        if let relax { members.append(.init("relax", .string(relax))) }
        if search.walk.removed.isEmpty, let nearest = diagnosis.nearest {
            members.append(.init("nearest_m", .number(DiagnosisText.meters(nearest))))
        }
        if !next.isEmpty { members.append(.init("next_free", .array(next))) }
        return .object(members)
    }

    private static func reason(_ answer: SalonAnswer) -> String {
        switch answer {
        case .noCalendar, .unknown: "no_calendar"
        case .noSuchService: "service"
        case .tooSoon: "notice"
        case .unknownTimeZone: "time_zone"
        case .closed: "closed"
        case .possibleHoliday: "possible_holiday"
        case .full, .free: "full"
        }
    }

    private var windowParameter: String {
        switch search.request.start {
        case .within: "within_min"
        case .between: "to"
        }
    }

    private func nextFree() async -> [JSONValue] {
        let hopeful = search.walk.removed.filter { [.closed, .possibleHoliday, .full, .tooSoon].contains($0.answer) }
            .prefix(Self.salons)
        guard !hopeful.isEmpty else { return [] }
        var question = search.walk.question
        question.window = question.window.lowerBound..<question.window.lowerBound + AvailableRequest.longestWindow
        let salons = hopeful.map(\.id)
        // Without the database the counts alone must do.
        guard
            let said = try? await board.answers(
                question, for: salons, extraNotice: hopeful.map { search.walk.notice($0.distance) },
                scope: search.scope)
        else { return [] }
        return zip(salons, said.answers).compactMap { salon, answer in
            guard case .free(let offer) = answer else { return nil }
            let offset = board.secondsFromGMT(of: salon, at: offer.start, scope: search.scope)
            return [
                "id": .string(salon.description),
                "next_free_at": .string(InstantText.local(offer.start, offset: offset)),
            ]
        }
    }
}
