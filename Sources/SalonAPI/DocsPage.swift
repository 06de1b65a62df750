/// The documentation for people at `/docs`, written from the same tables as the OpenAPI document.
enum DocsPage {
    /// A whole HTML page without scripts.
    static let html: String = {
        func escape(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        func code(_ text: String) -> String {
            escape(text).split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .map { $0.offset % 2 == 1 ? "<code>\($0.element)</code>" : String($0.element) }.joined()
        }
        func rows(_ parameters: [ParameterSpecification]) -> String {
            parameters.map { parameter in
                let example = String(decoding: parameter.example.bytes, as: UTF8.self)
                let schema = String(decoding: parameter.schema.bytes, as: UTF8.self)
                return "<tr><td><code>\(parameter.name)</code></td><td>\(code(parameter.description))</td>"
                    + "<td><code>\(escape(example))</code></td><td><code class=\"schema\">\(escape(schema))</code></td></tr>"
            }.joined(separator: "\n")
        }
        func calls() -> String {
            (OpenAPIDocument.slotOperations + OpenAPIDocument.reservationOperations).map { operation in
                "<tr><td><code>\(operation.method.uppercased()) \(operation.route.template)</code></td>"
                    + "<td>\(code(operation.description))</td></tr>"
            }.joined(separator: "\n")
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Salon discovery: HTTP interface</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1f }
            table { border-collapse: collapse; width: 100% } td, th { border-top: 1px solid #ccc; padding: .4rem .6rem;
            text-align: left; vertical-align: top } code { font-size: .9em; background: #f3f3f6; padding: 0 .2em;
            overflow-wrap: anywhere } .schema { color: #555 } pre { background: #f3f3f6; padding: 1rem; overflow-x: auto }
            </style></head><body>
            <h1>Salon discovery</h1>
            <p>Which salons are near me, and which can take me now? The machine-readable contract is <a href="/openapi.json">/openapi.json</a>
            (OpenAPI 3.1). Errors are <code>application/problem+json</code> (RFC 9457) and name every parameter that was
            wrong. Nothing is clamped silently.</p>
            <h2><code>GET /v1/salons/nearby</code></h2>
            <p>Salons by exact geodesic distance. With <code>POST</code> and a body
            <code>{"area": GeoJSON Polygon or MultiPolygon}</code> the salons inside a polygon.</p>
            <pre>curl 'http://localhost:8080/v1/salons/nearby?lat=60.1699&amp;lon=24.9384&amp;radius_m=800&amp;category=hair'</pre>
            <table><tr><th>Parameter</th><th>Meaning</th><th>Example</th><th>Schema</th></tr>
            \(rows(ParameterSpecification.nearby))
            </table>
            <h2><code>GET /v1/salons/available</code></h2>
            <p>The nearest salons that can begin in the wanted window, each with <code>next_free_at</code>. An empty list says
            how many salons were closed, full or without the service, and when the nearest are free next. All filters of
            <code>nearby</code> hold too.</p>
            <pre>curl 'http://localhost:8080/v1/salons/available?lat=55.6761&amp;lon=12.5683&amp;service=haircut&amp;within_min=60'</pre>
            <table><tr><th>Parameter</th><th>Meaning</th><th>Example</th><th>Schema</th></tr>
            \(rows(ParameterSpecification.available))
            </table>
            <h2><code>GET /v1/salons/{id}</code></h2>
            <p>One salon, with a strong <code>ETag</code>; <code>If-None-Match</code> answers 304.</p>
            <table><tr><th>Parameter</th><th>Meaning</th><th>Example</th><th>Schema</th></tr>
            \(rows([.fields]))
            </table>
            <h2><code>GET /v1/salons/{id}/slots</code></h2>
            <p>When one salon can take somebody, from the database at the moment of asking; local times with their offset.
            <code>/v1/salons/{id}/services</code> and <code>/v1/salons/{id}/staff</code> say what the identifiers stand
            for.</p>
            <table><tr><th>Parameter</th><th>Meaning</th><th>Example</th><th>Schema</th></tr>
            \(rows(ParameterSpecification.slots))
            </table>
            <h2>Holds and bookings</h2>
            <p>Every write needs an <code>Idempotency-Key</code>: the same request with the same key has one effect, and
            its repetitions are answered with <code>Idempotency-Replayed: true</code>. When it is not known whether a
            request took effect, the answer is 503 <code>outcome-unknown</code>: repeat it with the same key.</p>
            <table><tr><th>Call</th><th>What it does</th></tr>
            \(calls())
            </table>
            <pre>curl -X POST http://localhost:8080/v1/bookings -H 'Idempotency-Key: 8f0e…' -H 'Content-Type: application/json' \\
              -d '{"salon": "…", "service": "…", "start": "2026-11-24T17:00:00+01:00",
                   "customer": {"name": "…", "email": "…"}}'</pre>
            <p>Whoever knows a booking's identifier may see, move and cancel it, and erase whom it is for.</p>
            <h2>Operations</h2>
            <p><a href="/healthz">/healthz</a> alive; <a href="/readyz">/readyz</a> the directory is loaded and follows the
            database; <a href="/metrics">/metrics</a> Prometheus text.</p>
            <h2>Whose salons</h2>
            <p>Without a credential the caller is the marketplace and sees the published salons of all tenants. A tenant's
            publishable key, <code>Authorization: Bearer pk_…</code>, used from an origin that it is bound to, shows that
            tenant's salons only; so does a host name that is mapped to a tenant.</p>
            <p>Salons of the OpenStreetMap extract: © OpenStreetMap contributors, ODbL.</p>
            </body></html>
            """
    }()
}
