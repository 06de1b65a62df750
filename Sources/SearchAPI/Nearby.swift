import Directory
import Discovery
import Geodesy
import Geometry
import HTTPKit
import JSON
import Tenancy

extension SearchAPI {
    private static let description =
        "Ordered by exact geodesic distance unless `sort` says otherwise. An empty list says in `diagnosis` how many "
        + "salons each filter removed and what would help."

    private static let sort = Parameter.query(
        "sort",
        Codec.choice([
            "distance": SearchOrder.distance, "rating": .rating, "distance,rating": .distanceBandThenRating,
        ]),
        "`distance`; `rating`; or `distance,rating`: by distance band and within a band by rating.",
        default: .distance, example: "distance")

    /// What names a question apart from its page.
    static let canonical = Parameter.canonical(without: ["cursor", "limit", "fields"])

    private static let question = Parameters(Place.parameters, Wanted.parameters, sort, Page.parameters, canonical) {
        (_, place, wanted, sort, page, canonical) -> NearbyRequest? in
        place.origin.map { origin in
            request(origin, place.region, wanted, sort.value ?? .distance, page, canonical)
        }
    }.unwrapped()

    private static func request(
        _ origin: Coordinate, _ region: SearchRegion, _ wanted: Wanted, _ order: SearchOrder, _ page: Page,
        _ canonical: String
    ) -> NearbyRequest {
        NearbyRequest(
            origin: origin, region: region, filter: wanted.filter, openNow: wanted.openNow, order: order,
            limit: page.limit, cursor: page.cursor, fields: page.fields, canonical: canonical)
    }

    private static let page = Answer<NearbyAnswer>.pieces(
        200, "A page of salons", SalonSchema.list, isValidated: true
    ) { $0.encode(to: $1) }
    private static let encodedPage = Answer.bytes(
        200, "A page of salons", type: "application/json", schema: SalonSchema.list)

    /// `GET /v1/salons/nearby`
    var nearby: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/salons/nearby", name: "findSalonsNearby", "Salons near a position or in a box", Self.description,
            tag: .salons, access: .anyone, limits: .search, parameters: Self.question, answers: [Self.page],
            problems: [.invalidCursor, .notReady],
            quick: { [discovery] question, call in
                guard !question.isCostly,
                    let answer = try Self.translated({ () throws(DiscoveryError) in
                        try discovery.quickNearby(question, scope: call.scope)
                    })
                else { return nil }
                return Self.page(answer).tagged(answer.entityTag)
            }
        ) { [discovery] question, call in
            try await Self.reply(discovery, question, call)
        }
    }

    // MARK: In a polygon

    /// A question about an area that the body gives.
    private struct AreaQuestion {
        var position: Coordinate?
        var wanted: Wanted
        var order: SearchOrder
        var page: Page
        var canonical: String
    }

    private static let areaQuestion = Parameters(
        Place.position, Wanted.parameters, sort, Page.parameters, canonical
    ) { _, position, wanted, sort, page, canonical in
        AreaQuestion(
            position: position, wanted: wanted, order: sort.value ?? .distance, page: page, canonical: canonical)
    }

    /// `POST /v1/salons/nearby`
    var nearbyInArea: Endpoint<TenantScope> {
        Endpoint(
            .post, "/v1/salons/nearby", name: "findSalonsInArea", "Salons inside a polygon",
            Self.description
                + " Without `lat` and `lon` distances count from the centroid of the area on the sphere, however the "
                + "area is cut at ±180°; edges are straight in longitude and latitude.",
            tag: .salons, access: .anyone, limits: .search, effect: .none, parameters: Self.areaQuestion,
            body: AreaBody.body, example: AreaBody.example, answers: [Self.encodedPage],
            problems: [.invalidCursor, .notReady]
        ) { [discovery] question, area, call in
            var request = Self.request(
                question.position ?? area.area.middle, .area(area.area), question.wanted, question.order,
                question.page, question.canonical)
            request.canonical += "\(request.canonical.isEmpty ? "" : "&")area=\(area.fingerprint)"
            return try await Self.reply(discovery, request, call)
        }
    }

    private static func reply(
        _ discovery: Discovery, _ question: NearbyRequest, _ call: Call<TenantScope>
    ) async throws -> Reply {
        let answer: EncodedAnswer
        do throws(DiscoveryError) {
            answer = try await discovery.encodedNearby(question, scope: call.scope)
        } catch {
            throw error.problem
        }
        return encodedPage(answer.bytes).tagged(answer.entityTag)
    }
}
