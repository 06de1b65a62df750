import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The body's bytes, which must be JSON if the request says what they are, and no more than allowed.
    func jsonBytes(upTo limit: Int) async throws -> [UInt8] {
        if let type = headers[.contentType] {
            let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
            guard essence == "application/json" else {
                throw Problem(.unsupportedMediaType, "the body must be application/json")
            }
        }
        return Array(try await body.collect(upTo: limit).readableBytesView)
    }
}

extension Credential {
    /// What a request shows of its caller.
    init(_ head: HTTPRequest) throws(Problem) {
        var bearer: String?
        if let authorization = head.headerFields[.authorization] {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw Problem(.unauthorized, "write Authorization: Bearer KEY")
            }
            bearer = String(parts[1])
        }
        self.init(host: head.authority, bearer: bearer, origin: head.headerFields[.origin])
    }
}
