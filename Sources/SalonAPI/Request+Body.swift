import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reservations

extension Request {
    /// The body's bytes, which must be JSON if the request says what they are, and no more than allowed.
    func jsonBytes(_ configuration: APIConfiguration) async throws -> [UInt8] {
        if let type = headers[.contentType] {
            let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
            guard essence == "application/json" else {
                throw Problem(kind: .unsupportedMediaType, detail: "the body must be application/json")
            }
        }
        let body = try await body.collect(upTo: configuration.maximumBodyBytes)
        return Array(body.readableBytesView)
    }

    /// Refuses any parameter in the query of a call that takes none.
    func refuseParameters() throws(Problem) {
        let query = try QueryString(uri.query.map { $0[...] })
        guard query.pairs.isEmpty else {
            throw .parameters(query.pairs.map { .init(parameter: $0.name, detail: "is not a parameter of this call") })
        }
    }

    /// The name that the sender gave to the request, without which nothing is written.
    func idempotencyKey() throws(Problem) -> IdempotencyKey {
        let name = HTTPField.Name.idempotencyKey
        let values = headers[values: name]
        guard let text = values.first else {
            throw .parameters([
                .init(
                    header: name.rawName,
                    detail: "is missing; a write needs a key of its own, such as a UUID, to be repeated safely")
            ])
        }
        guard values.count == 1, let key = IdempotencyKey(text) else {
            throw .parameters([
                .init(header: name.rawName, detail: "must be one value of 1 to 255 printable ASCII characters")
            ])
        }
        return key
    }
}

extension HTTPField.Name {
    /// The sender's name for a request, after draft-ietf-httpapi-idempotency-key-header.
    static let idempotencyKey = known("Idempotency-Key")
    /// Says that an answer is that of an earlier request with the same key.
    static let idempotencyReplayed = known("Idempotency-Replayed")

    static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token") }
        return name
    }
}
