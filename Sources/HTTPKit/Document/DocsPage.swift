/// The pages for people: the documentation at `/docs` and one page for each kind of problem.
enum DocsPage {
    /// What a page may do: show itself and ask this service, nothing from elsewhere, in no frame.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// An answer that is a page.
    static func answer(_ meaning: String) -> Answer<[UInt8]> {
        .bytes(200, meaning, type: "text/html; charset=utf-8", isValidated: true)
    }

    /// The reply with a page.
    static func reply(_ answer: Answer<[UInt8]>, _ html: String) -> Reply {
        answer(Array(html.utf8)).tagged(.seconds(300)).field("Content-Security-Policy", policy)
            .field("Referrer-Policy", "no-referrer")
    }

    /// Swagger UI over `/openapi.json`.
    static func interactive(_ title: String) -> String {
        page(
            title: "\(title): HTTP interface",
            head: """
                <link rel="stylesheet" href="/docs/swagger-ui.css">
                <link rel="icon" href="/docs/favicon-32x32.png">
                """,
            body: """
                <div id="swagger-ui"></div>
                <noscript><p class="plain">This page needs JavaScript. The same is in
                <a href="/openapi.json">/openapi.json</a>.</p></noscript>
                <script src="/docs/swagger-ui-bundle.js"></script>
                <script src="/docs/start.js"></script>
                """)
    }

    /// What is shown where Swagger UI was not fetched.
    static func plain(_ title: String) -> String {
        page(
            title: "\(title): HTTP interface",
            body: """
                <main class="plain"><h1>\(title)</h1>
                <p>The interactive documentation is not installed on this server. <code>.ci/setup docs</code> fetches
                it, or <code>SALONS_DOCS_DIR</code> names a directory that holds the files of Swagger UI.</p>
                <p>The whole interface is described in <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1), which
                any viewer of such documents shows. What can go wrong is explained in
                <a href="/problems">/problems</a>.</p></main>
                """)
    }

    /// All kinds of problems.
    static func problems(_ kinds: [Problem.Kind]) -> String {
        let entries = kinds.map { kind in
            "<dt><a href=\"/problems/\(kind.name)\">\(kind.name)</a> (\(kind.status))</dt><dd>\(kind.title).</dd>"
        }
        return page(
            title: "Problems",
            body: """
                <main class="plain"><h1>Problems</h1>
                <p>When a request cannot be answered, the answer is <code>application/problem+json</code> (RFC 9457).
                Its <code>type</code> ends with one of these words.</p>
                <dl>\(entries.joined(separator: "\n"))</dl></main>
                """)
    }

    /// The page of one kind.
    static func problem(_ kind: Problem.Kind) -> String {
        page(
            title: kind.title,
            body: """
                <main class="plain"><p><a href="/problems">Problems</a></p><h1>\(kind.title)</h1>
                <p><code>\(kind.name)</code>, status \(kind.status)</p>
                <h2>What it means</h2><p>\(kind.meaning)</p>
                <h2>What to do</h2><p>\(kind.advice)</p></main>
                """)
    }

    private static func page(title: String, head: String = "", body: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        \(head)
        <link rel="stylesheet" href="/docs/salons.css">
        </head><body>
        \(body)
        </body></html>

        """
    }

    /// Starts Swagger UI; a file of its own, because the policy forbids scripts in the page.
    static let script = """
        window.ui = SwaggerUIBundle({
          url: "/openapi.json",
          dom_id: "#swagger-ui",
          deepLinking: true,
          docExpansion: "list",
          defaultModelsExpandDepth: 0,
          defaultModelExpandDepth: 3,
          displayRequestDuration: true,
          tryItOutEnabled: true,
          validatorUrl: null
        });

        """

    /// Our own style, and what keeps Swagger UI's tables inside of a phone.
    static let style = """
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1b1b1f; background: #fafafa }
        .plain { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
        .plain code { background: #ececf1; padding: 0 .2em; border-radius: .2em }
        .plain dt { margin-top: .8rem } .plain dd { margin: 0 }
        .swagger-ui .wrapper { box-sizing: border-box }
        .swagger-ui .markdown p, .swagger-ui .renderedMarkdown p, .swagger-ui .opblock-summary-path,
        .swagger-ui .info .title { overflow-wrap: anywhere; word-break: break-word }
        @media (max-width: 640px) {
          .swagger-ui .wrapper { padding: 0 .5rem }
          .swagger-ui .opblock .opblock-summary { flex-wrap: wrap }
          .swagger-ui .opblock-summary-description { flex-basis: 100%; padding: .2rem 0 }
          .swagger-ui .opblock .opblock-summary-path { max-width: 100%; flex-shrink: 1 }
          .swagger-ui table.parameters, .swagger-ui table.parameters tbody, .swagger-ui table.parameters tr,
          .swagger-ui table.parameters td, .swagger-ui table.responses-table, .swagger-ui table.responses-table tbody,
          .swagger-ui table.responses-table tr, .swagger-ui table.responses-table td { display: block; width: auto }
          .swagger-ui table.parameters thead, .swagger-ui table.responses-table thead { display: none }
          .swagger-ui .parameters-col_description, .swagger-ui .response-col_description { max-width: 100% }
          .swagger-ui input, .swagger-ui select, .swagger-ui textarea { max-width: 100% !important; min-width: 0 }
          .swagger-ui .scheme-container .schemes { flex-wrap: wrap; gap: .5rem }
          .swagger-ui pre { max-width: calc(100vw - 3rem); overflow-x: auto }
        }

        """
}
