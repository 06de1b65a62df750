import Discovery
import Foundation
import Geometry
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Salons
import Tenancy

/// The routes of the interface, as the framework's router knows them.
struct SalonRoutes: Sendable {
    let discovery: Discovery
    let resolver: any ScopeResolving
    let configuration: APIConfiguration
    let metrics: RequestMetrics
    let gathered: @Sendable () async -> [Metric]
    let readiness: @Sendable () async -> Readiness

    func router() -> Router<BasicRequestContext> {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.add(middleware: FrameworkErrors(configuration: configuration))
        router.get("/v1/salons/nearby") { request, _ in try await nearby(request) }
        router.post("/v1/salons/nearby") { request, _ in try await nearbyInArea(request) }
        router.get("/v1/salons/:id") { request, context in
            try await salon(request, id: context.parameters.get("id") ?? "")
        }
        for path in ["/v1/salons/nearby", "/v1/salons/:id"] as [RouterPath] {
            router.on(path, method: .options) { request, _ in preflight(request) }
        }
        router.get("/healthz") { _, _ in json(["alive": true]) }
        router.get("/readyz") { _, _ in await ready() }
        router.get("/metrics") { _, _ in await exposition() }
        router.get("/openapi.json") { request, _ in
            tagged(OpenAPIDocument.bytes, type: "application/json", request: request, maximumAge: 300)
        }
        router.get("/docs") { request, _ in
            tagged(Array(DocsPage.html.utf8), type: "text/html; charset=utf-8", request: request, maximumAge: 300)
        }
        return router
    }

    // MARK: Salons

    private func nearby(_ request: Request) async throws -> Response {
        let scope = try await scope(of: request)
        let question = try NearbyParameters.parse(try QueryString(request.uri.query.map { $0[...] }))
        return try await answer(question, scope: scope, request: request)
    }

    private func nearbyInArea(_ request: Request) async throws -> Response {
        let scope = try await scope(of: request)
        if let type = request.headers[.contentType] {
            let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
            guard essence == "application/json" else {
                throw Problem(kind: .unsupportedMediaType, detail: "the body must be application/json")
            }
        }
        let body = try await request.body.collect(upTo: configuration.maximumBodyBytes)
        let area = try AreaBody.parse(Array(body.readableBytesView))
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
        return respond(
            answer.bytes, tag: answer.entityTag, type: "application/json", cacheControl: "private, no-cache",
            request: request)
    }

    private func salon(_ request: Request, id: String) async throws -> Response {
        let scope = try await scope(of: request)
        let query = try QueryString(request.uri.query.map { $0[...] })
        let fields = try NearbyParameters.fields(of: query)
        guard let id = SalonID(id) else {
            throw Problem(
                kind: .notFound, detail: "there is no such salon",
                faults: [.init(parameter: "id", detail: "is not a UUID")])
        }
        let bytes: [UInt8]?
        do {
            bytes = try discovery.salon(id, fields: fields, scope: scope)
        } catch {
            throw Self.problem(for: error)
        }
        guard let bytes else { throw Problem(kind: .notFound, detail: "there is no such salon") }
        // `open_now` can change when the minute ends, so no copy outlives it.
        let age = 59 - Int(Date.now.timeIntervalSince1970) % 60
        return tagged(
            bytes, type: "application/json", request: request, maximumAge: age, isPrivate: scope != .marketplace)
    }

    private static func problem(for error: DiscoveryError) -> Problem {
        switch error {
        case .invalidCursor:
            Problem(
                kind: .invalidCursor, detail: "\(error)",
                faults: [.init(parameter: "cursor", detail: "does not belong to this question")])
        case .notReady: Problem(kind: .notReady, detail: "\(error)")
        case .unavailable: Problem(kind: .internalError, detail: "\(error)")
        }
    }

    /// Whose request it is: the key's tenant, else the host's, else the marketplace.
    private func scope(of request: Request) async throws -> TenantScope {
        do {
            guard let authorization = request.headers[.authorization] else {
                return try await resolver.scope(host: request.head.authority ?? "")
            }
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw Problem(kind: .unauthorized, detail: "write Authorization: Bearer KEY")
            }
            return try await resolver.scope(
                publishableKey: String(parts[1]), origin: request.headers[.origin])
        } catch let error as CredentialError {
            switch error {
            case .unknown: throw Problem(kind: .unauthorized, detail: "the key is not known or was revoked")
            case .originNotAllowed:
                throw Problem(kind: .originNotAllowed, detail: "the key is not bound to the origin of this request")
            case .unavailable: throw Problem(kind: .notReady, detail: "the key cannot be checked at present")
            }
        }
    }

    // MARK: Operations

    private func ready() async -> Response {
        let readiness = await readiness()
        var response = json(readiness.document)
        response.status = readiness.isReady ? .ok : .serviceUnavailable
        return response
    }

    private func exposition() async -> Response {
        var text = ""
        metrics.write(to: &text)
        Metric.write(await gathered(), to: &text)
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    // MARK: Responses

    private func preflight(_ request: Request) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET, HEAD, POST",
                .accessControlAllowHeaders: "Authorization, Content-Type, If-None-Match", .accessControlMaxAge: "600",
            ])
    }

    private func json(_ document: JSONValue) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes)))
    }

    private func tagged(
        _ bytes: [UInt8], type: String, request: Request, maximumAge: Int, isPrivate: Bool = false
    ) -> Response {
        respond(
            bytes, tag: EntityTag.strong(of: bytes), type: type,
            cacheControl: "\(isPrivate ? "private" : "public"), max-age=\(maximumAge)", request: request)
    }

    private func respond(
        _ bytes: [UInt8], tag: String, type: String, cacheControl: String, request: Request
    ) -> Response {
        var headers: HTTPFields = [
            .eTag: tag, .cacheControl: cacheControl, .vary: "Authorization, Origin", .accessControlAllowOrigin: "*",
        ]
        if let match = request.headers[.ifNoneMatch], EntityTag.matches(match, tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
