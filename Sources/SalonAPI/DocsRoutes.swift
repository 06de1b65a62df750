import HTTPTypes
import Hummingbird

/// The interface described: the OpenAPI document, and pages for people.
struct DocsRoutes: Sendable {
    let examples: ExampleSource
    let files: DocsFiles

    func add(to router: Router<BasicRequestContext>) {
        router.get("/openapi.json") { request, _ in
            // Not for long: its examples are of this minute.
            Response.tagged(await examples.document(), type: "application/json", request: request, maximumAge: 30)
        }
        router.get("/docs") { request, _ in
            page(files.isComplete ? DocsPage.interactive : DocsPage.plain, request)
        }
        router.get("/docs/:file") { request, context in
            guard let file = context.parameters.get("file").flatMap({ files[$0] }) else {
                throw Problem(kind: .notFound, detail: "there is no such file")
            }
            return Response.tagged(file.bytes, type: file.type, request: request, maximumAge: 3_600)
        }
        router.get("/problems") { request, _ in page(DocsPage.problems, request) }
        router.get("/problems/:name") { request, context in
            guard let kind = context.parameters.get("name").flatMap({ Problem.Kind(rawValue: $0) }) else {
                throw Problem(kind: .notFound, detail: "there is no such problem; see /problems")
            }
            return page(DocsPage.problem(kind), request)
        }
    }

    private func page(_ html: String, _ request: Request) -> Response {
        var response = Response.tagged(
            Array(html.utf8), type: "text/html; charset=utf-8", request: request, maximumAge: 300)
        response.headers[.contentSecurityPolicy] = DocsPage.policy
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = known("Referrer-Policy")
}
