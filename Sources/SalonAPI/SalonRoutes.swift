import Discovery
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Salons
import Tenancy

/// The routes of the interface, as the framework's router knows them.
struct SalonRoutes: Sendable {
    let discovery: Discovery
    let resolver: any ScopeResolving
    let configuration: APIConfiguration
    let metrics: RequestMetrics
    let desk: ReservationDesk?
    let gathered: @Sendable () async -> [Metric]
    let readiness: @Sendable () async -> Readiness
    let drain: Drain

    private var caller: CallerScope { CallerScope(resolver: resolver) }

    func router() -> Router<BasicRequestContext> {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.add(middleware: FrameworkErrors(configuration: configuration))
        router.get("/v1/salons/nearby") { request, _ in try await nearby(request) }
        router.post("/v1/salons/nearby") { request, _ in try await nearbyInArea(request) }
        router.get("/v1/salons/available") { request, _ in try await available(request) }
        router.get("/v1/salons/:id") { request, context in
            try await salon(request, id: context.parameters.get("id") ?? "")
        }
        if let desk {
            SlotRoutes(desk: desk, caller: caller, configuration: configuration).add(to: router)
            ReservationRoutes(desk: desk, caller: caller, configuration: configuration).add(to: router)
        }
        for route in Route.allCases where route.methods.contains("OPTIONS") && (desk != nil || !route.needsDesk) {
            let path = route.template.replacing("{id}", with: ":id")
            router.on(RouterPath(path), method: .options) { _, _ in Response.preflight(route) }
        }
        router.get("/healthz") { _, _ in Response.json(["alive": true]) }
        router.get("/readyz") { _, _ in await ready() }
        router.get("/metrics") { _, _ in await exposition() }
        DocsRoutes(
            examples: ExampleSource(discovery: discovery), files: DocsFiles(directory: configuration.docsDirectory)
        ).add(to: router)
        return router
    }

    // MARK: Salons

    private func nearby(_ request: Request) async throws -> Response {
        let scope = try await caller.scope(of: request)
        let question = try NearbyParameters.parse(try QueryString(request.uri.query.map { $0[...] }))
        return try await answer(question, scope: scope, request: request)
    }

    private func available(_ request: Request) async throws -> Response {
        let scope = try await caller.scope(of: request)
        let question = try AvailableParameters.parse(try QueryString(request.uri.query.map { $0[...] }))
        let answer: AvailableAnswer
        do {
            answer = try await discovery.available(question, scope: scope)
        } catch {
            throw Self.problem(for: error)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        answer.encode { bytes.append(contentsOf: $0) }
        return .tagged(
            bytes, tag: answer.entityTag, type: "application/json", cacheControl: "private, no-cache",
            request: request)
    }

    private func nearbyInArea(_ request: Request) async throws -> Response {
        let scope = try await caller.scope(of: request)
        let area = try AreaBody.parse(try await request.jsonBytes(configuration))
        let question = try NearbyParameters.parse(try QueryString(request.uri.query.map { $0[...] }), area: area)
        return try await answer(question, scope: scope, request: request)
    }

    private func answer(_ question: NearbyRequest, scope: TenantScope, request: Request) async throws -> Response {
        let answer: EncodedAnswer
        do {
            answer = try await discovery.encodedNearby(question, scope: scope)
        } catch {
            throw Self.problem(for: error)
        }
        return .tagged(
            answer.bytes, tag: answer.entityTag, type: "application/json", cacheControl: "private, no-cache",
            request: request)
    }

    private func salon(_ request: Request, id: String) async throws -> Response {
        let scope = try await caller.scope(of: request)
        let query = try QueryString(request.uri.query.map { $0[...] })
        let fields = try NearbyParameters.fields(of: query)
        guard let id = SalonID(id) else {
            throw Problem(
                kind: .unknownSalon, detail: "there is no such salon",
                faults: [.init(parameter: "id", detail: "is not a UUID")])
        }
        let bytes: [UInt8]?
        do {
            bytes = try discovery.salon(id, fields: fields, scope: scope)
        } catch {
            throw Self.problem(for: error)
        }
        guard let bytes else { throw Problem(kind: .unknownSalon, detail: "there is no such salon") }
        // `open_now` can change when the minute ends, so no copy outlives it.
        let age = 59 - Int(Date.now.timeIntervalSince1970) % 60
        return .tagged(
            bytes, type: "application/json", request: request, maximumAge: age, scope: scope)
    }

    private static func problem(for error: DiscoveryError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .invalidCursor:
            Problem(
                kind: .invalidCursor, detail: "\(error)",
                faults: [.init(parameter: "cursor", detail: "does not belong to this question")])
        case .notReady: Problem(kind: .notReady, detail: "\(error)")
        case .calendarsUnavailable: Problem(kind: .unavailable, detail: "\(error)")
        case .unavailable: Problem(kind: .internalError, detail: "\(error)")
        }
    }

    // MARK: Operations

    private func ready() async -> Response {
        // Before anything else, so that whoever sends requests here stops in time.
        if drain.hasBegun { return .json(["ready": false, "stopping": true], status: .serviceUnavailable) }
        let readiness = await readiness()
        return .json(readiness.document, status: readiness.isReady ? .ok : .serviceUnavailable)
    }

    private func exposition() async -> Response {
        var text = ""
        metrics.write(to: &text)
        Metric.write(await gathered() + (desk?.metrics ?? []), to: &text)
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
