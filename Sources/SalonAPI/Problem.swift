import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// An error as RFC 9457 `application/problem+json`: a stable type, a status, and what was wrong with which parameter.
struct Problem: Error, Sendable, Equatable {
    /// One thing that was wrong.
    struct Fault: Sendable, Equatable {
        /// The parameter, header or member that it concerns.
        var parameter: String
        /// What is wrong with it, as a sentence for the caller.
        var detail: String
    }

    /// The stable part of the type URI: `https://salons.invalid/problems/<slug>` is never fetched, only compared.
    enum Kind: String, Sendable, CaseIterable {
        case invalidParameter = "invalid-parameter"
        case invalidCursor = "invalid-cursor"
        case invalidRequest = "invalid-request"
        case unauthorized = "unauthorized"
        case originNotAllowed = "origin-not-allowed"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case payloadTooLarge = "payload-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case deadlineExceeded = "deadline-exceeded"
        case notReady = "not-ready"
        case overloaded = "overloaded"
        case internalError = "internal-error"

        var status: HTTPResponse.Status {
            switch self {
            case .invalidParameter, .invalidCursor, .invalidRequest: .badRequest
            case .unauthorized: .unauthorized
            case .originNotAllowed: .forbidden
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .payloadTooLarge: .contentTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .deadlineExceeded: .gatewayTimeout
            case .notReady, .overloaded: .serviceUnavailable
            case .internalError: .internalServerError
            }
        }

        var title: String {
            switch self {
            case .invalidParameter: "A parameter is missing, unknown or out of range"
            case .invalidCursor: "The cursor does not belong to this question"
            case .invalidRequest: "The request is malformed"
            case .unauthorized: "The credential is not valid"
            case .originNotAllowed: "The key may not be used from this origin"
            case .notFound: "There is nothing here"
            case .methodNotAllowed: "The method is not allowed here"
            case .payloadTooLarge: "The body is too large"
            case .unsupportedMediaType: "The body is of another type than the call takes"
            case .deadlineExceeded: "The answer took too long"
            case .notReady: "The service is starting"
            case .overloaded: "The service is busy"
            case .internalError: "Something went wrong here"
            }
        }
    }

    var kind: Kind
    var detail: String?
    var faults: [Fault] = []
    /// The methods that the path has, for `methodNotAllowed`.
    var allowed: [String] = []

    /// A request whose parameters are wrong, every one of them named.
    static func parameters(_ faults: [Fault]) -> Problem {
        Problem(
            kind: .invalidParameter, detail: faults.map { "\($0.parameter): \($0.detail)" }.joined(separator: "; "),
            faults: faults)
    }

    /// The document, with the identifier under which the log knows the request.
    func json(requestID: String) -> [UInt8] {
        var members: [(String, JSONValue)] = [
            ("type", .string("https://salons.invalid/problems/\(kind.rawValue)")),
            ("title", .string(kind.title)),
            ("status", .number(Double(kind.status.code))),
        ]
        if let detail { members.append(("detail", .string(detail))) }
        if !faults.isEmpty {
            members.append(
                (
                    "errors",
                    .array(
                        faults.map {
                            .object([("parameter", .string($0.parameter)), ("detail", .string($0.detail))])
                        })
                ))
        }
        members.append(("request_id", .string(requestID)))
        return JSONValue.object(members).bytes
    }

    /// The whole response.
    func response(requestID: String) -> Response {
        // A page in a browser must be able to read what was wrong.
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .cacheControl: "no-store", .accessControlAllowOrigin: "*",
        ]
        switch kind {
        case .notReady, .overloaded: headers[.retryAfter] = "1"
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer"
        case .methodNotAllowed: headers[.allow] = allowed.joined(separator: ", ")
        default: break
        }
        return Response(
            status: kind.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json(requestID: requestID))))
    }
}
