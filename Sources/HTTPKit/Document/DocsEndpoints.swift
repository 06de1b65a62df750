import Foundation
import JSON
import Synchronization

/// The interface described, as operations of their own: the OpenAPI document, Swagger UI over it, and a page about each
/// kind of problem.
struct DocsEndpoints: Sendable {
    let interface: InterfaceDescription
    /// Those of the interface, without these.
    let operations: [Operation]
    let examples: @Sendable () async -> Examples
    let files: DocsFiles

    func all<Caller>() -> [Endpoint<Caller>] {
        // The document tells of its own operations, too.
        let kinds = Problem.Kind.all(of: operations)
        let pages: [Endpoint<Caller>] = pages(kinds)
        let names: [Operation] = [document(ServedDocument()) as Endpoint<Caller>].map(\.operation)
        let served = ServedDocument()
        served.set(OpenAPIDocument(interface: interface, operations: operations + names + pages.map(\.operation)))
        return [document(served)] + pages
    }

    private func document<Caller>(_ served: ServedDocument) -> Endpoint<Caller> {
        let answer = Answer.bytes(
            200, "OpenAPI 3.1.", type: "application/json", schema: Schema(["type": "object"]), isValidated: true)
        return .open(
            .get, "/openapi.json", name: "getOpenAPI", "This document", tag: .service, crossOrigin: .open,
            parameters: .none, answers: [answer]
        ) { [examples] _, _ in
            // Not for long: its examples are of this minute.
            answer(await served.bytes(examples)).tagged(.seconds(30))
        }
    }

    private func pages<Caller>(_ kinds: [Problem.Kind]) -> [Endpoint<Caller>] {
        let page = DocsPage.answer("This document for people.")
        let list = DocsPage.answer("All kinds of problems, for people.")
        let one = DocsPage.answer("What it means and what to do, for people.")
        let file = Answer.bytes(200, "A file of the page.", type: "application/octet-stream", isValidated: true)
        let html = files.isComplete ? DocsPage.interactive(interface.title) : DocsPage.plain(interface.title)
        let files = files
        return [
            .open(
                .get, "/docs", name: "getDocs", "Documentation", tag: .service, parameters: .none, answers: [page]
            ) { _, _ in DocsPage.reply(page, html) },
            .open(
                .get, "/docs/{file}", name: "getDocsFile", "A file of the documentation", tag: .service,
                isDocumented: false,
                parameters: Parameter.path(
                    "file", .text(), "The file's name.", unknown: .notFound), answers: [file], problems: [.notFound]
            ) { name, _ in
                guard let file = files[name] else { throw Problem(.notFound, "there is no such file") }
                return Answer.bytes(200, "", type: file.type)(file.bytes).tagged(.seconds(3_600))
            },
            .open(
                .get, "/problems", name: "getProblems", "Problems", tag: .service, parameters: .none, answers: [list]
            ) { _, _ in DocsPage.reply(list, DocsPage.problems(kinds)) },
            .open(
                .get, "/problems/{name}", name: "getProblem", "One kind of problem", tag: .service,
                parameters: Parameter.path(
                    "name", kind(kinds), "What the `type` of a problem ends with.", unknown: .notFound,
                    example: .string(kinds.last?.name ?? "")),
                answers: [one]
            ) { kind, _ in DocsPage.reply(one, DocsPage.problem(kind)) },
        ]
    }

    private func kind(_ kinds: [Problem.Kind]) -> Codec<Problem.Kind> {
        .string(
            [("enum", .array(kinds.map { .string($0.name) }))], sentence: "is no kind of problem; see /problems",
            make: { name in kinds.first { $0.name == name } }, text: \.name)
    }
}

extension Tag {
    /// What tells of the service itself.
    public static let service = Tag(rawValue: "The service")
}

/// The document as it was last served. Its examples are good for a while, and finding them takes some time.
private final class ServedDocument: Sendable {
    private struct Kept {
        var template = JSONValue.null
        var bytes: [UInt8] = []
        var until = Date.distantPast
    }

    private static let lifetime: TimeInterval = 60
    private let kept = Mutex(Kept())

    func set(_ document: OpenAPIDocument) {
        let template = document.document
        kept.withLock { $0.template = template }
    }

    func bytes(_ examples: @Sendable () async -> Examples) async -> [UInt8] {
        let now = Date()
        let (template, bytes) = kept.withLock { ($0.template, $0.until > now ? $0.bytes : nil) }
        if let bytes { return bytes }
        let made = await examples().resolve(template).bytes
        kept.withLock { kept in
            kept.bytes = made
            kept.until = now + Self.lifetime
        }
        return made
    }
}
