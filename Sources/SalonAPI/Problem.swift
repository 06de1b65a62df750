import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// An error as RFC 9457 `application/problem+json`: a stable type, a status, and what was wrong with which parameter.
struct Problem: Error, Sendable, Equatable {
    var kind: Kind
    var detail: String?
    var faults: [Fault] = []
    /// The methods that the path has, for `methodNotAllowed`.
    var allowed: [String] = []
    /// Further members of the document that belong to the kind.
    var extensions: [String: JSONValue] = [:]

    /// A request whose parameters are wrong, every one of them named.
    static func parameters(_ faults: [Fault]) -> Problem {
        Problem(kind: .invalidParameter, detail: sentence(faults), faults: faults)
    }

    /// A request whose body is wrong, every wrong member named.
    static func body(_ faults: [Fault]) -> Problem {
        Problem(kind: .invalidBody, detail: sentence(faults), faults: faults)
    }

    /// Faults that are told one by one; of the others only the number.
    static let toldFaults = 20

    /// A body beyond the limit.
    static func bodyTooLarge(_ configuration: APIConfiguration) -> Problem {
        Problem(kind: .payloadTooLarge, detail: "the body is larger than \(configuration.maximumBodyBytes) bytes")
    }

    /// A body that did not come in time.
    static let bodyTooSlow = Problem(kind: .requestTimeout, detail: "the body did not arrive in time")

    private static func sentence(_ faults: [Fault]) -> String {
        let told = faults.prefix(toldFaults)
            .map { "\($0.location.1.isEmpty ? "the body" : $0.location.1): \($0.detail)" }
        let rest = faults.count - told.count
        return (told + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
    }

    /// The document, with the identifier under which the log knows the request.
    func json(requestID: String, base: String) -> [UInt8] {
        var members: [(String, JSONValue)] = [
            ("type", .string(base + kind.rawValue)),
            ("title", .string(kind.title)),
            ("status", .number(Double(kind.status.code))),
        ]
        if let detail { members.append(("detail", .string(detail))) }
        if !faults.isEmpty {
            members.append(("errors", .array(faults.prefix(Self.toldFaults).map(\.document))))
            if faults.count > Self.toldFaults { members.append(("error_count", .number(Double(faults.count)))) }
        }
        for (name, value) in extensions.sorted(by: { $0.key < $1.key }) { members.append((name, value)) }
        members.append(("request_id", .string(requestID)))
        return JSONValue.object(members).bytes
    }

    /// The whole response.
    func response(requestID: String, base: String) -> Response {
        // A page in a browser must be able to read what was wrong.
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .cacheControl: "no-store", .accessControlAllowOrigin: "*",
        ]
        switch kind {
        case .notReady, .overloaded, .outcomeUnknown, .unavailable: headers[.retryAfter] = "1"
        case .requestTimeout: headers[.connection] = "close"
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer"
        case .methodNotAllowed: headers[.allow] = allowed.joined(separator: ", ")
        default: break
        }
        return Response(
            status: kind.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json(requestID: requestID, base: base))))
    }
}

extension Problem {
    /// How a write is sent again.
    enum Repetition: Sendable {
        /// Its key makes it the same write.
        case withKey
        /// It has no key and needs none: doing it twice is doing it once.
        case withoutKey
    }

    /// A write of which nobody knows whether it took effect: the same request again finds out.
    static func outcomeUnknown(_ detail: String, _ repetition: Repetition) -> Problem {
        let advice =
            switch repetition {
            case .withKey: "repeat the request with the same Idempotency-Key"
            case .withoutKey: "repeat the request; doing it twice does no harm"
            }
        return Problem(kind: .outcomeUnknown, detail: "\(detail); \(advice)")
    }

    /// A text of the caller's, cut where it is long: no answer grows with what it complains of.
    static func shortened(_ text: String) -> String {
        // Counted in scalars: one character can have thousands of accents.
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: longestQuote, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }

    private static let longestQuote = 64
}
