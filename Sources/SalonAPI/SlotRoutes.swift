import Calendars
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import OpeningHours
import Salons
import Scheduling
import Tenancy

/// What one salon offers: its services, its people, its free times. All of it comes from the database at the moment of
/// asking, so nothing of it is stale.
struct SlotRoutes: Sendable {
    let desk: ReservationDesk
    let caller: CallerScope
    let configuration: APIConfiguration

    func add(to router: Router<BasicRequestContext>) {
        router.get("/v1/salons/:id/slots") { request, context in
            try await slots(request, id: context.parameters.get("id"), context.logger)
        }
        router.get("/v1/salons/:id/services") { request, context in
            try await menu(request, id: context.parameters.get("id"), context.logger, MenuDocument.services)
        }
        router.get("/v1/salons/:id/staff") { request, context in
            try await menu(request, id: context.parameters.get("id"), context.logger, MenuDocument.staff)
        }
        router.post("/v1/availability:lookup") { request, context in try await lookup(request, context.logger) }
    }

    private func slots(_ request: Request, id: String?, _ logger: Logger) async throws -> Response {
        let scope = try await caller.scope(of: request)
        let now = desk.now()
        let question = try SlotParameters.parse(try QueryString(request.uri.query.map { $0[...] }), now: now)
        let salon = try Self.identifier(id)
        let span = SlotSearch.span(of: question)
        let reading = try await reading(logger) {
            try await desk.calendars.reading(of: [salon], from: span.lowerBound, to: span.upperBound, scope: scope)
        }
        let roster = try Self.visible(reading.rosters[salon], scope)
        let search = SlotSearch(roster: roster, busy: reading.busy, now: now)
        let page = try search.page(question)
        let document = BookingDocument(zone: roster.isZoneKnown ? roster.zone : nil)
        var members: [(String, JSONValue)] = [("slots", .array(page.slots.map(document.slot)))]
        if let next = page.next { members.append(("next_from", document.instant(next))) }
        if roster.isZoneKnown {
            members.append(("time_zone", .string(roster.zone.identifier)))
        } else {
            let reason = BookingRefusal.unknownTimeZone
            members.append(
                ("diagnosis", ["reason": .string(RefusalProblem.word(reason)), "detail": .string("\(reason)")]))
        }
        if let reason = Self.hoursUnknown(roster, question) { members.append(("hours_unknown", .string(reason))) }
        // The tag is of what is offered, not of revision and epochs: a hold that ends by itself raises no epoch, and the
        // passing of time alone takes offers away.
        let tag = "W/" + EntityTag.strong(of: JSONValue.object(members).bytes, scope: scope, request: request)
        members.append(("as_of", .string(Timestamp.milliseconds(now))))
        return .tagged(
            JSONValue.object(members).bytes, tag: tag, type: "application/json", cacheControl: "private, no-cache",
            request: request)
    }

    private func menu(
        _ request: Request, id: String?, _ logger: Logger, _ document: (Roster) -> JSONValue
    ) async throws -> Response {
        let scope = try await caller.scope(of: request)
        try request.refuseParameters()
        let salon = try Self.identifier(id)
        let rosters = try await reading(logger) { try await desk.calendars.rosters(of: [salon], scope: scope) }
        let roster = try Self.visible(rosters[salon], scope)
        return .tagged(
            document(roster).bytes, type: "application/json", request: request, maximumAge: 60,
            scope: scope)
    }

    private func lookup(_ request: Request, _ logger: Logger) async throws -> Response {
        let scope = try await caller.scope(of: request)
        try request.refuseParameters()
        let offered = try LookupBody.parse(try await request.jsonBytes(configuration))
        let now = desk.now()
        let span = SlotSearch.span(of: offered, now: now)
        let salons = Set(offered.map(\.salon)).sorted()
        let reading = try await reading(logger) {
            try await desk.calendars.reading(of: salons, from: span.lowerBound, to: span.upperBound, scope: scope)
        }
        let answers = offered.map { offer -> JSONValue in
            let roster = reading.rosters[offer.salon].flatMap { Self.isVisible($0, scope) ? $0 : nil }
            return OfferCheck(roster: roster, busy: reading.busy, now: now).document(of: offer)
        }
        return .json(["offers": .array(answers), "as_of": .string(Timestamp.milliseconds(now))])
    }

    // MARK: Parts

    /// Why the opening hours do not say when the salon works in the window asked; nil when they do, or are not given.
    private static func hoursUnknown(_ roster: Roster, _ question: SlotQuestion) -> String? {
        if let hours = roster.openingHours, !hours.isUnderstood {
            return OpeningState.UnknownReason.notUnderstood.rawValue
        }
        return roster.isClosedForPossibleHoliday(from: question.from, to: question.to)
            ? OpeningState.UnknownReason.possibleHoliday.rawValue : nil
    }

    /// The database shows a scope what it may see; that a tenant's is its own is looked at once more.
    private static func isVisible(_ roster: Roster, _ scope: TenantScope) -> Bool {
        scope.tenant == nil || scope.tenant == roster.tenant
    }

    private static func visible(_ roster: Roster?, _ scope: TenantScope) throws(Problem) -> Roster {
        guard let roster, isVisible(roster, scope) else {
            throw Problem(
                kind: .unknownSalon,
                detail: "there is no such salon, or it has no calendar yet: `salons calendar apply` gives it one")
        }
        return roster
    }

    private static func identifier(_ text: String?) throws(Problem) -> SalonID {
        guard let id = text.flatMap(SalonID.init(_:)) else {
            throw Problem(
                kind: .unknownSalon, detail: "there is no such salon",
                faults: [.init(parameter: "id", detail: "is not a UUID")])
        }
        return id
    }

    private func reading<R: Sendable>(_ logger: Logger, _ work: () async throws -> R) async throws -> R {
        do {
            return try await work()
        } catch {
            if error is CancellationError || Task.isCancelled { throw error }
            logger.error("a calendar could not be read", metadata: ["error": "\(error)"])
            throw Problem(kind: .unavailable)
        }
    }
}
