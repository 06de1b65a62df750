import HTTPTypes
import Hummingbird
import NIOCore
import Tenancy

extension Response {
    /// What a page on any origin may read besides the fields that it always may.
    private static let exposed = "Location, Idempotency-Replayed"

    /// An answer of the moment that nobody keeps.
    static func json(_ document: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store", .accessControlAllowOrigin: "*",
                .accessControlExposeHeaders: exposed,
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes)))
    }

    /// An answer under a strong tag that may be kept for a while.
    static func tagged(
        _ bytes: [UInt8], type: String, request: Request, maximumAge: Int, scope: TenantScope = .marketplace
    ) -> Response {
        tagged(
            bytes, tag: EntityTag.strong(of: bytes, scope: scope, request: request), type: type,
            cacheControl: "\(scope == .marketplace ? "public" : "private"), max-age=\(maximumAge)", request: request)
    }

    /// An answer under a tag, or 304 when the caller has it.
    static func tagged(
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

    /// What a browser asks before it sends a request of another origin's page.
    static func preflight(_ route: Route) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: "*",
                .accessControlAllowMethods: route.methods.filter { $0 != "OPTIONS" }.joined(separator: ", "),
                .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key, If-None-Match",
                .accessControlMaxAge: "600",
            ])
    }
}
