import Discovery
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Tenancy

/// Answers `GET /v1/salons/nearby` and `/v1/salons/available` on the event loop when the answer comes from memory in
/// microseconds: a task, two hops between threads and the framework's routing cost several times the search.
///
/// Whatever is not plain (a credential, a mapped host, a costly order, a fault in a parameter) is left to the router,
/// which gives the same answers; the contract tests ask both.
struct InlineResponder: Sendable {
    let discovery: Discovery
    let resolver: any ScopeResolving
    let metrics: RequestMetrics

    private static let nearby = "/v1/salons/nearby?"
    private static let available = "/v1/salons/available?"

    /// An answer that can be written on the event loop.
    private enum Answer {
        case nearby(NearbyAnswer)
        case available(AvailableAnswer)

        var route: Route {
            switch self {
            case .nearby: .nearby
            case .available: .available
            }
        }

        var entityTag: String {
            switch self {
            case .nearby(let answer): answer.entityTag
            case .available(let answer): answer.entityTag
            }
        }

        func encode(to append: (UnsafeRawBufferPointer) -> Void) {
            switch self {
            case .nearby(let answer): answer.encode(to: append)
            case .available(let answer): answer.encode(to: append)
            }
        }
    }

    /// Whether a request looks as if it could be answered here; nothing is parsed yet.
    func accepts(_ head: HTTPRequest) -> Bool {
        guard head.method == .get, let path = head.path,
            path.hasPrefix(Self.nearby) || path.hasPrefix(Self.available)
        else { return false }
        for field in head.headerFields {
            switch field.name {
            case .authorization, .connection, .contentLength, .transferEncoding, .expect, .origin, .upgrade:
                return false
            default: continue
            }
        }
        return resolver.isMarketplace(host: head.authority)
    }

    /// Writes the answer without flushing; false when the router must answer.
    func respond(to head: HTTPRequest, context: ChannelHandlerContext) -> Bool {
        let start = ContinuousClock.now
        guard let path = head.path, let answer = answer(path) else { return false }
        let tag = answer.entityTag
        if let match = head.headerFields[.ifNoneMatch], EntityTag.matches(match, tag) {
            context.write(
                Self.part(.head(HTTPResponse(status: .notModified, headerFields: Self.fields(tag)))), promise: nil)
            context.write(Self.part(.end(nil)), promise: nil)
            record(answer.route, .notModified, since: start)
            return true
        }
        var body = context.channel.allocator.buffer(capacity: 16_384)
        answer.encode { body.writeBytes($0) }
        var fields = Self.fields(tag)
        fields[.contentType] = "application/json"
        fields[.contentLength] = String(body.readableBytes)
        context.write(Self.part(.head(HTTPResponse(status: .ok, headerFields: fields))), promise: nil)
        context.write(Self.part(.body(body)), promise: nil)
        context.write(Self.part(.end(nil)), promise: nil)
        record(answer.route, .ok, since: start)
        return true
    }

    private func answer(_ path: String) -> Answer? {
        let isNearby = path.hasPrefix(Self.nearby)
        let prefix = isNearby ? Self.nearby : Self.available
        guard let query = try? QueryString(Substring(path.utf8.dropFirst(prefix.utf8.count))) else { return nil }
        if isNearby {
            guard let request = try? NearbyParameters.parse(query), !request.isCostly else { return nil }
            return ((try? discovery.quickNearby(request, scope: .marketplace)) ?? nil).map { .nearby($0) }
        }
        guard let request = try? AvailableParameters.parse(query), !request.nearby.isCostly else { return nil }
        return ((try? discovery.quickAvailable(request, scope: .marketplace)) ?? nil).map { .available($0) }
    }

    private func record(_ route: Route, _ status: HTTPResponse.Status, since start: ContinuousClock.Instant) {
        metrics.answeredInline.add(1)
        metrics.record(route, status: status.code, duration: ContinuousClock.now - start)
    }

    private static func fields(_ tag: String) -> HTTPFields {
        [
            .eTag: tag, .cacheControl: "private, no-cache", .vary: "Authorization, Origin",
            .accessControlAllowOrigin: "*", .xContentTypeOptions: "nosniff", .date: HTTPDate.now,
        ]
    }

    private static func part(_ part: HTTPResponsePart) -> NIOAny { NIOAny(part) }
}
