import Discovery
import Foundation
import HTTPKit
import JSON
import Salons
import Tenancy

extension SearchAPI {
    private static let id = Parameter.path(
        "id", Codec.uuid(make: { SalonID($0) }), "The salon's `id`.", unknown: .unknownSalon,
        example: Examples.placeholder("salon"))

    private static let found = Answer.bytes(
        200, "The salon", type: "application/json", schema: SalonSchema.salon, isValidated: true)

    /// `GET /v1/salons/{id}`
    var salon: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/salons/{id}", name: "getSalon", "One salon", tag: .salons, access: .anyone, limits: .search,
            parameters: Parameters(Self.id, Page.fields) { _, id, fields in (id, fields) },
            answers: [Self.found], problems: [.notReady]
        ) { [discovery] question, call in
            let (id, fields) = question
            let bytes = try Self.translated { () throws(DiscoveryError) in
                try discovery.salon(id, fields: fields, scope: call.scope)
            }
            guard let bytes else { throw Problem(.unknownSalon, "there is no such salon") }
            // `open_now` can change when the minute ends, so no copy outlives it.
            return Self.found(bytes).tagged(.seconds(59 - Int(Date.now.timeIntervalSince1970) % 60))
        }
    }
}

extension Call where Caller == TenantScope {
    /// In whose data.
    var scope: TenantScope { caller }
}
