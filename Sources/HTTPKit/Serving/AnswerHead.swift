import HTTPTypes
import NIOHTTP1

/// The status and the header fields of an answer, the same for both ways on which a request can be answered.
struct AnswerHead {
    /// What the fields depend on besides the reply.
    struct Asker {
        /// The page's origin, if a browser asks.
        var origin: String?
        /// Whether the caller showed a credential that was good.
        var hasCredential = false
        /// Whose data it is; nil is what everybody may see.
        var audience: String?
        /// Path and query.
        var target = ""
        /// The tags of the caller's copies.
        var copies: String?
    }

    let asker: Asker
    let operation: Operation?

    /// The head of a reply, and whether its content goes with it: not when the caller's copy is still right.
    func head(of reply: Reply) -> (HTTPResponse, hasContent: Bool) {
        var fields = common()
        if let tag = tag(of: reply) {
            fields[.eTag] = tag
            fields[.cacheControl] = caching(reply.caching)
            if operation?.isOpen == false { fields[.vary] = "Authorization, Origin" }
            if let copies = asker.copies, EntityTag.matches(copies, tag) {
                return (HTTPResponse(status: .notModified, headerFields: fields), false)
            }
        } else {
            fields[.cacheControl] = caching(reply.caching)
        }
        for field in reply.fields { fields[.known(field.name)] = field.value }
        switch reply.content {
        case .none: break
        case .bytes(_, let type), .pieces(_, let type): fields[.contentType] = type
        case .stream: fields[.contentType] = "text/event-stream"
        }
        return (HTTPResponse(status: .known(reply.status), headerFields: fields), true)
    }

    /// The head of a problem's answer.
    func head(of problem: Problem, allowed: String? = nil) -> HTTPResponse {
        var fields = common()
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        switch problem.kind {
        case .notReady, .overloaded, .outcomeUnknown, .unavailable: fields[.retryAfter] = "1"
        case .requestTimeout: fields[.connection] = "close"
        case .unauthorized: fields[.wwwAuthenticate] = "Bearer"
        case .methodNotAllowed: fields[.allow] = allowed
        default: break
        }
        return HTTPResponse(status: .known(problem.kind.status), headerFields: fields)
    }

    /// The answer to a browser that asks before it sends.
    func head(of preflight: RouteTable.Preflight) -> HTTPResponse {
        var fields = common()
        fields[.accessControlAllowMethods] = preflight.methods
        fields[.accessControlAllowHeaders] = preflight.fields
        fields[.accessControlMaxAge] = "600"
        return HTTPResponse(status: .noContent, headerFields: fields)
    }

    /// What every answer has. Where no operation was found, a page may read what was wrong with its request.
    private func common() -> HTTPFields {
        var fields: HTTPFields = [.xContentTypeOptions: "nosniff"]
        let policy = operation?.crossOrigin ?? .open
        if let allowed = policy.allowed(origin: asker.origin, hasCredential: asker.hasCredential) {
            fields[.accessControlAllowOrigin] = allowed
            if let exposed = operation?.exposed { fields[.accessControlExposeHeaders] = exposed }
        }
        return fields
    }

    private func caching(_ caching: Reply.Caching) -> String {
        switch caching {
        case .never: "no-store"
        case .revalidated: "private, no-cache"
        case .seconds(let count): "\(asker.audience == nil ? "public" : "private"), max-age=\(count)"
        }
    }

    private func tag(of reply: Reply) -> String? {
        switch reply.validator {
        case .none: return nil
        case .tag(let tag): return tag
        case .ofBytes(let isWeak, let essence):
            guard let bytes = essence ?? reply.bytes else { return nil }
            let tag = EntityTag.strong(of: bytes, audience: asker.audience ?? "public", target: asker.target)
            return isWeak ? "W/" + tag : tag
        }
    }
}

extension Reply {
    var bytes: [UInt8]? { if case .bytes(let bytes, _) = content { bytes } else { nil } }
}

extension HTTPField.Name {
    /// A name that is written in code.
    static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token") }
        return name
    }
}

extension HTTPResponse.Status {
    /// A status with its usual words.
    static func known(_ code: Int) -> HTTPResponse.Status {
        HTTPResponse.Status(code: code, reasonPhrase: HTTPResponseStatus(statusCode: code).reasonPhrase)
    }
}
