import Salons

/// The OpenAPI 3.1 document of the interface, built from the same tables that the parser uses.
enum OpenAPIDocument {
    /// The document as served at `/openapi.json`.
    static let bytes: [UInt8] = document.bytes

    private static let document: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "Salon discovery", "version": "1.0.0",
            "description": "Which salons are near me? Positions are WGS 84, distances geodesic metres.",
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"] as JSONValue,
        ] as JSONValue,
        "servers": [["url": "/"]],
        "paths": [
            "/v1/salons/nearby": ["get": nearby(post: false), "post": nearby(post: true)],
            "/v1/salons/{id}": ["get": salon],
            "/healthz": ["get": plain("Alive", "getHealth", "The process answers.")],
            "/readyz": [
                "get": plain(
                    "Ready", "getReadiness", "The directory is loaded and follows the database.", unavailable: true)
            ],
            "/metrics": ["get": plain("Metrics", "getMetrics", "Prometheus text format.", type: "text/plain")],
            "/openapi.json": ["get": plain("This document", "getOpenAPI", "OpenAPI 3.1.")],
            "/docs": ["get": plain("Documentation", "getDocs", "This document for people.", type: "text/html")],
        ],
        "components": [
            "schemas": SchemaDocument.schemas,
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

    private static func nearby(post: Bool) -> JSONValue {
        let withheld = post ? ["radius_m", "bbox"] : []
        var members: [(String, JSONValue)] = [
            ("operationId", post ? "findSalonsInArea" : "findSalonsNearby"),
            ("summary", post ? "Salons inside a polygon" : "Salons near a position or in a box"),
            (
                "description",
                .string(
                    "Ordered by exact geodesic distance unless `sort` says otherwise. An empty list says in `diagnosis` "
                        + "how many salons each filter removed and what would help.")
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
                        "content": ["application/json": ["schema": reference("Area")]],
                    ]
                ))
        }
        members.append(
            (
                "responses",
                responses(ok: "A page of salons", schema: "SalonList", extra: post ? ["413", "415"] : ["304"])
            ))
        return .object(members)
    }

    private static let salon: JSONValue = [
        "operationId": "getSalon", "summary": "One salon",
        "parameters": [
            [
                "name": "id", "in": "path", "required": true, "description": "The salon's `id`.",
                "schema": ["type": "string", "format": "uuid"],
            ],
            ParameterSpecification.fields.document,
        ],
        "responses": responses(ok: "The salon", schema: "Salon", extra: ["304", "404"]),
    ]

    private static let meanings: [(String, String)] = [
        ("304", "What the caller has is still right"), ("400", "A parameter is wrong; `errors` names each"),
        ("401", "The key is not valid"), ("403", "The key may not be used from this origin"),
        ("404", "There is no such published salon"),
        ("405", "The path does not have this method; `Allow` says which it has"),
        ("413", "The body is larger than 64 KB"), ("415", "The body is not `application/json`"),
        ("503", "Starting, or too busy; `Retry-After` says when to come back"),
        ("504", "The answer took longer than the deadline"),
    ]

    private static func responses(ok: String, schema: String, extra: [String]) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("200", ["description": .string(ok), "content": ["application/json": ["schema": reference(schema)]]])
        ]
        for (status, meaning) in meanings
        where extra.contains(status) || !["304", "404", "413", "415"].contains(status) {
            members.append(
                (
                    status,
                    status == "304"
                        ? ["description": .string(meaning)]
                        : [
                            "description": .string(meaning),
                            "content": ["application/problem+json": ["schema": reference("Problem")]],
                        ]
                ))
        }
        return .object(members)
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
            "operationId": .string(operation), "summary": .string(summary), "responses": .object(responses),
        ]
    }

    static func reference(_ schema: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(schema)")] }
}
