import Discovery
import Salons

/// The OpenAPI 3.1 document of the interface, built from the same tables that the parser uses.
enum OpenAPIDocument {
    /// The document as served at `/openapi.json`, with examples that work when they are tried.
    static func bytes(_ examples: Examples) -> [UInt8] { examples.resolve(document).bytes }

    private static let document: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "Salon discovery", "version": "1.0.0",
            "description": .string(
                "Which salons are near me, and which can take me? Positions are WGS 84, distances geodesic metres, times "
                    + "RFC 3339 with the salon's own offset. What cannot be answered is a problem (RFC 9457), whose `type` "
                    + "leads to a page about it: see [/problems](/problems)."),
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"] as JSONValue,
        ] as JSONValue,
        "servers": [["url": "/"]],
        "tags": [["name": Tag.salons], ["name": Tag.bookings], ["name": Tag.service]],
        "paths": .object(salonPaths + slotPaths + reservationPaths + operationPaths),
        "components": [
            "schemas": .object(SchemaDocument.schemas + SchemaDocument.reservationSchemas),
            "securitySchemes": [
                "publishableKey": [
                    "type": "http", "scheme": "bearer",
                    "description": .string(
                        "A tenant's publishable key, usable from the origins that it is bound to. Without one the caller "
                            + "is the marketplace and sees the published salons of all tenants."),
                ]
            ],
        ],
        "security": [.object([]), ["publishableKey": []]],
    ]

    /// Under what the page for people shows an operation.
    enum Tag {
        static let salons: JSONValue = "Salons"
        static let bookings: JSONValue = "Holds and bookings"
        static let service: JSONValue = "The service"
    }

    private static let salonPaths: [(String, JSONValue)] = [
        (Route.nearby.template, ["get": nearby(post: false), "post": nearby(post: true)]),
        (Route.available.template, ["get": available]),
        (Route.salon.template, ["get": salon]),
    ]

    private static let operationPaths: [(String, JSONValue)] = [
        ("/healthz", ["get": plain("Alive", "getHealth", "The process answers.")]),
        (
            "/readyz",
            [
                "get": plain(
                    "Ready", "getReadiness",
                    "Searches are answered. `parts` says what else is: whether searches are up to date, availability, "
                        + "bookings, the cache. A database that is away or lags does not make an instance unready.",
                    unavailable: true)
            ]
        ),
        ("/metrics", ["get": plain("Metrics", "getMetrics", "Prometheus text format.", type: "text/plain")]),
        ("/openapi.json", ["get": plain("This document", "getOpenAPI", "OpenAPI 3.1.")]),
        ("/docs", ["get": plain("Documentation", "getDocs", "This document for people.", type: "text/html")]),
        (
            "/problems",
            ["get": plain("Problems", "getProblems", "All kinds of problems, for people.", type: "text/html")]
        ),
        (Route.problem.template, ["get": problemPage]),
    ]

    private static let problemPage: JSONValue = [
        "tags": [Tag.service], "operationId": "getProblem", "summary": "One kind of problem",
        "parameters": [
            [
                "name": "name", "in": "path", "required": true,
                "description": "What the `type` of a problem ends with.",
                "schema": ["type": "string", "enum": .array(Problem.Kind.allCases.map { .string($0.rawValue) })],
                "example": .string(Problem.Kind.slotTaken.rawValue),
            ]
        ],
        "responses": [
            "200": [
                "description": "What it means and what to do, for people.",
                "content": ["text/html": ["schema": ["type": "string"]]],
            ],
            "404": [
                "description": "There is no such kind",
                "content": ["application/problem+json": ["schema": reference("Problem")]],
            ],
        ],
    ]

    private static func nearby(post: Bool) -> JSONValue {
        let withheld = post ? ["radius_m", "bbox"] : []
        var members: [(String, JSONValue)] = [
            ("tags", [Tag.salons]), ("operationId", post ? "findSalonsInArea" : "findSalonsNearby"),
            ("summary", post ? "Salons inside a polygon" : "Salons near a position or in a box"),
            (
                "description",
                .string(
                    "Ordered by exact geodesic distance unless `sort` says otherwise. An empty list says in `diagnosis` "
                        + "how many salons each filter removed and what would help."
                        + (post
                            ? " Without `lat` and `lon` distances count from the centroid of the area on the sphere, "
                                + "however the area is cut at ±180°; edges are straight in longitude and latitude."
                            : ""))
            ),
            (
                "parameters",
                .array(ParameterSpecification.nearby.filter { !withheld.contains($0.name) }.map(\.document))
            ),
        ]
        if post {
            members.append(
                (
                    "requestBody",
                    [
                        "required": true,
                        "content": [
                            "application/json": [
                                "schema": reference("Area"),
                                "example": [
                                    "area": ["type": "Polygon", "coordinates": Examples.Marker.area.placeholder]
                                ],
                            ]
                        ],
                    ]
                ))
        }
        members.append(
            (
                "responses",
                responses(
                    [("200", "A page of salons", "SalonList")],
                    problems: searchProblems + (post ? ["413", "415"] : ["304"]))
            ))
        return .object(members)
    }

    private static let available: JSONValue = [
        "tags": [Tag.salons], "operationId": "findSalonsAvailable",
        "summary": "Salons near a position that can take somebody in time",
        "description": .string(
            "Each with the start of its first offer in the window. A page by distance can be shorter than `limit` and still "
                + "have a `next_cursor`: it ended where \(Discovery.longestWalk) salons had been looked at. An empty list "
                + "says in `diagnosis` how many salons were closed, full or without the service, and when the nearest are "
                + "free next."),
        "parameters": .array(ParameterSpecification.available.map(\.document)),
        "responses": responses([("200", "A page of salons", "SalonList")], problems: searchProblems + ["304"]),
    ]

    private static let salon: JSONValue = [
        "tags": [Tag.salons], "operationId": "getSalon", "summary": "One salon",
        "parameters": [
            salonParameter, ParameterSpecification.fields.document,
        ],
        "responses": responses([("200", "The salon", "Salon")], problems: searchProblems + ["304", "404"]),
    ]

    /// What every search may answer besides its page.
    static let searchProblems = ["400", "401", "403", "405", "503", "504"]

    private static let meanings: [(String, String)] = [
        ("304", "What the caller has is still right"),
        ("400", "A parameter, a header or a member of the body is wrong; `errors` names each"),
        ("401", "The key is not valid"), ("403", "The key may not be used from this origin"),
        ("404", "There is no such salon, hold or booking"),
        ("405", "The path does not have this method; `Allow` says which it has"),
        ("409", "It cannot be had, or not any more; `type` says why"), ("410", "The hold is over"),
        ("413", "The body is larger than 64 KB"), ("415", "The body is not `application/json`"),
        ("422", "A rule forbids it, or the key was used for another request; `errors` names the member and the rule"),
        ("503", "Starting, too busy, or without its data; `Retry-After` says when to come back"),
        ("504", "The answer took longer than the deadline"),
    ]

    /// The Responses Object of an operation.
    /// - Parameters:
    ///   - successes: status, meaning and the name of the schema; nil where there is no body.
    ///   - problems: the statuses of what can go wrong, and 304.
    static func responses(_ successes: [(String, String, String?)], problems: [String]) -> JSONValue {
        let good = successes.map { status, meaning, schema -> (String, JSONValue) in
            guard let schema else { return (status, ["description": .string(meaning)]) }
            return (
                status,
                ["description": .string(meaning), "content": ["application/json": ["schema": reference(schema)]]]
            )
        }
        let bad = meanings.filter { problems.contains($0.0) }.map { status, meaning -> (String, JSONValue) in
            if status == "304" { return (status, ["description": .string(meaning)]) }
            return (
                status,
                [
                    "description": .string(meaning),
                    "content": ["application/problem+json": ["schema": reference("Problem")]],
                ]
            )
        }
        return .object(good + bad)
    }

    private static func plain(
        _ summary: String, _ operation: String, _ description: String, type: String = "application/json",
        unavailable: Bool = false
    ) -> JSONValue {
        let schema: JSONValue = ["type": .string(type == "application/json" ? "object" : "string")]
        let content: JSONValue = .object([(type, .object([("schema", schema)]))])
        var responses: [(String, JSONValue)] = [("200", ["description": .string(description), "content": content])]
        if unavailable { responses.append(("503", ["description": "Not ready", "content": content])) }
        return [
            "tags": [Tag.service], "operationId": .string(operation), "summary": .string(summary),
            "responses": .object(responses),
        ]
    }

    static func reference(_ schema: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(schema)")] }
}
