import Foundation
import HTTPKit
import Harness
import Testing

struct `The documentation` {
    private static let now = Date()

    /// A directory with the names of Swagger UI's files.
    private static func directory() throws -> String {
        let directory = FileManager.default.temporaryDirectory.appending(path: "salons-docs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for name in ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "LICENSE", "other.txt"] {
            try Data("\(name) of the test".utf8).write(to: directory.appending(path: name))
        }
        return directory.path(percentEncoded: false)
    }

    @Test func `is Swagger UI, served from here alone`() async throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let configuration = HTTPConfiguration(docsDirectory: directory)
        try await Door.with(try await Backend.shared(), configuration: configuration) { door in
            let page = try await door.ask("/docs")
            #expect(page.status == 200)
            #expect(page["content-type"] == "text/html; charset=utf-8")
            #expect(!page.text.contains("://"))
            let policy = try #require(page["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            let scripts = policy.split(separator: ";").first { $0.contains("script-src") }
            #expect(scripts == " script-src 'self'")
            #expect(!page.text.contains("<script>") && !page.text.contains("onload="))
            // Everything that the page names is there, with its type.
            let types = ["js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "png": "image/png"]
            let names = page.text.matches(of: #/(?:src|href)="(\/docs\/[^"]+)"/#).map { String($0.1) }
            #expect(names.count >= 5)
            for name in names {
                let file = try await door.ask(name)
                #expect(file.status == 200, "\(name)")
                #expect(file["content-type"] == types[String(name.split(separator: ".").last!)], "\(name)")
                #expect(file["cache-control"]?.contains("max-age=") == true)
                #expect(file["x-content-type-options"] == "nosniff")
                let tag = try #require(file["etag"])
                #expect(try await door.ask(name, fields: ["If-None-Match: \(tag)"]).status == 304)
            }
            for name in ["other.txt", "..", "%2e%2e%2fother.txt", "nothing.js", ""] {
                #expect(try await door.ask("/docs/\(name)").status != 200 || name.isEmpty, "\(name)")
            }
        }
    }

    @Test func `says so where its files are missing, and leads to the document`() async throws {
        let configuration = HTTPConfiguration(docsDirectory: "/nowhere")
        try await Door.with(try await Backend.shared(), configuration: configuration) { door in
            let page = try await door.ask("/docs")
            #expect(page.status == 200)
            #expect(page.text.contains("not installed") && page.text.contains("href=\"/openapi.json\""))
            #expect(!page.text.contains("<script"))
            #expect(page["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            #expect(try await door.ask("/docs/salons.css").status == 200)
        }
    }

    @Test func `has an example for every body, and dates that are still to come`() async throws {
        let contract = try await Contract.served()
        #expect(contract.document["servers"] == .array([.object(["url": .string("/")])]))
        #expect(!"\(contract.document)".contains("\u{1}"))
        var instants = 0
        func dates(_ value: JSONTree) throws {
            switch value {
            case .string(let text) where text.wholeMatch(of: #/\d{4}-\d\d-\d\dT.+/#) != nil:
                #expect(try Date(text, strategy: .iso8601) > Self.now, "\(text)")
                instants += 1
            case .array(let elements): for element in elements { try dates(element) }
            case .object(let members): for member in members.values { try dates(member) }
            default: break
            }
        }
        try dates(contract.document)
        let keys = contract.operations.flatMap { $0.document["parameters"]?.array ?? [] }
            .filter { $0["name"]?.string == "Idempotency-Key" }.compactMap { $0["example"]?.string }
        #expect(keys.count >= 5 && Set(keys).count == keys.count)
        #expect(instants >= 10)
        for operation in contract.operations {
            guard let body = operation.document["requestBody"]?["content"]?["application/json"] else { continue }
            let example = try #require(body["example"], "\(operation.path)")
            #expect(RequestSchema(contract).accepts(example, body["schema"]), "\(operation.path)")
        }
    }

    @Test func `has examples that find something together, as they are typed`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        for (path, method, document) in contract.operations where path.hasPrefix("/v1/salons") {
            var target = path
            var query: [String] = []
            for parameter in document["parameters"]?.array ?? [] {
                guard let example = parameter["example"] else { continue }
                let name = parameter["name"]!.string!
                if parameter["in"]?.string == "path" {
                    target = target.replacing("{\(name)}", with: example.parameterText)
                } else if parameter["in"]?.string == "query" {
                    query.append("\(name)=\(encoded(example.parameterText))")
                }
            }
            // This door has no calendars, nor has its salon.
            guard !path.hasSuffix("available"), path == "/v1/salons/nearby" || path == "/v1/salons/{id}" else {
                continue
            }
            let body = document["requestBody"]?["content"]?["application/json"]?["example"]
            let reply = try await door.ask(
                target + (query.isEmpty ? "" : "?" + query.joined(separator: "&")), method: method.uppercased(),
                body: try body.map { [UInt8](try JSONEncoder().encode(Plain($0))) })
            #expect(reply.status == 200, "\(method) \(target): \(reply.text)")
            if path.hasSuffix("nearby") { #expect(!reply.ids.isEmpty, "\(method) \(target)") }
        }
    }

    @Test func `has a page for every problem that an answer can name`() async throws {
        let door = try await Door.shared()
        let contract = try await Contract.served()
        let index = try await door.ask("/problems")
        #expect(index.status == 200)
        let parameter = contract.parameters("/problems/{name}").first
        let kinds = parameter?["schema"]?["enum"]?.array?.compactMap(\.string) ?? []
        #expect(kinds.count >= 25)
        for kind in kinds {
            let page = try await door.ask("/problems/\(kind)")
            #expect(page.status == 200)
            #expect(page["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("What to do") && page.text.contains(kind))
            #expect(index.text.contains("/problems/\(kind)\""))
        }
        #expect(try await door.ask("/problems/nonsense").status == 404)
        let type = try #require(try await door.ask("/v1/salons/nearby").json["type"]?.string)
        #expect(type == "/problems/invalid-parameter")
        #expect(try await door.ask(type).status == 200)
    }

    @Test func `of problems can lie elsewhere`() async throws {
        let configuration = HTTPConfiguration(problemBase: "https://docs.example/p/")
        try await Door.with(try await Backend.shared(), configuration: configuration) { door in
            for (target, kind) in [("/nothing", "not-found"), ("/v1/salons/nearby", "invalid-parameter")] {
                #expect(try await door.ask(target).json["type"]?.string == "https://docs.example/p/\(kind)")
            }
            let wire = try Wire(port: door.port)
            try await wire.send("nonsense\r\n\r\n")
            #expect(try await wire.reply().json["type"]?.string == "https://docs.example/p/invalid-request")
        }
    }

    @Test func `gives one missing salon one type on every path`() async throws {
        let id = "00000000-0000-4000-8000-000000000000"
        let door = try await Door.shared()
        for path in ["", "/slots", "/services", "/staff"] {
            for id in [id, "nonsense"] {
                let reply = try await door.ask("/v1/salons/\(id)\(path)")
                #expect(reply.status == 404)
                #expect(reply.problem == "unknown-salon", "\(path)")
            }
        }
        let body = #"{"salon":"\#(id)","service":"\#(id)","start":"2030-01-02T10:00:00Z"}"#
        #expect(try await door.send("POST", "/v1/holds", body, key: "missing").problem == "unknown-salon")
    }
}

/// Writes a value of the tests' JSON.
struct Plain: Encodable {
    let value: JSONTree

    init(_ value: JSONTree) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let elements): try container.encode(elements.map(Plain.init))
        case .object(let members): try container.encode(members.mapValues(Plain.init))
        }
    }
}
