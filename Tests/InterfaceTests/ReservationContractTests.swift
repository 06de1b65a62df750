import Foundation
import Harness
import Testing

struct `Reservations and the document` {
    private static let id = "00000000-0000-4000-8000-000000000000"

    /// The operations that reservations and calendars have.
    private static func operations(_ contract: Contract) -> [(path: String, method: String, document: JSONTree)] {
        contract.operations.filter { $0.path.hasPrefix("/v1/") && $0.path != "/v1/salons/nearby" }
    }

    /// As a caller sends it, with everything that the operation requires but the values.
    private static func ask(
        _ operation: (path: String, method: String, document: JSONTree), query: String = "", fields: [String] = []
    ) async throws -> Reply {
        let path = operation.path.replacing("{id}", with: id) + query
        let body = operation.document["requestBody"] == nil ? nil : "{}"
        return try await Door.shared().send(operation.method.uppercased(), path, body, key: "k", fields: fields)
    }

    @Test func `the document is whole: every reference leads somewhere, every operation has a name of its own`()
        async throws
    {
        let contract = try await Contract.served()
        let schemas = try #require(contract.document["components"]?["schemas"]?.object)
        func references(_ value: JSONTree) -> [String] {
            switch value {
            case .object(let members):
                (members["$ref"]?.string.map { [$0] } ?? []) + members.values.flatMap(references)
            case .array(let elements): elements.flatMap(references)
            default: []
            }
        }
        let used = Set(references(contract.document))
        #expect(used.count > 12)
        for reference in used {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            #expect(reference == "#/components/schemas/\(name)")
            #expect(schemas[name] != nil, "\(reference)")
        }
        // And nothing is described that nothing uses.
        for name in schemas.keys { #expect(used.contains("#/components/schemas/\(name)"), "\(name)") }
        let names = contract.operations.compactMap { $0.document["operationId"]?.string }
        #expect(Set(names).count == contract.operations.count)
    }

    @Test func `what goes wrong is documented, for every operation`() async throws {
        let contract = try await Contract.served()
        let problem: JSONTree = ["$ref": "#/components/schemas/Problem"]
        let operations = Self.operations(contract)
        #expect(operations.count >= 12)
        for operation in operations {
            let name = "\(operation.method) \(operation.path)"
            let statuses = Set(operation.document["responses"]?.object?.keys.map { $0 } ?? [])
            var replies = [
                (try await Self.ask(operation, fields: ["Authorization: Bearer pk_wrong"]), 401),
                (try await Self.ask(operation, query: "?nonsense=1"), 400),
            ]
            // Of an empty body, of a salon or booking that is not there, or of no place.
            let isFound = operation.document["requestBody"] != nil || !operation.path.contains("{id}")
            replies.append((try await Self.ask(operation), isFound ? 400 : 404))
            for (reply, status) in replies {
                #expect(reply.status == status, "\(name): \(reply.text)")
                #expect(statuses.contains("\(reply.status)"), "\(name) does not document \(reply.status)")
                #expect(contract.faults(reply.json, problem) == [], "\(name): \(reply.text)")
                #expect(reply["access-control-allow-origin"] == "*")
                #expect(reply["cache-control"] == "no-store")
            }
            for status in ["405", "503"] { #expect(statuses.contains(status), "\(name)") }
        }
    }

    @Test func `a page of another origin may call what is documented, and nothing else is there`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        let paths = Dictionary(grouping: Self.operations(contract), by: \.path)
        for (path, operations) in paths {
            let target = path.replacing("{id}", with: Self.id)
            var methods = Set(operations.map { $0.method.uppercased() })
            if methods.contains("GET") { methods.insert("HEAD") }
            let preflight = try await door.ask(target, method: "OPTIONS", fields: ["Origin: https://x.example"])
            #expect(preflight.status == 204, "\(path)")
            let allowed = preflight["access-control-allow-methods"]?.components(separatedBy: ", ") ?? []
            #expect(Set(allowed) == methods, "\(path)")
            // What a page may send is what the operations of the path take.
            let names = operations.flatMap { $0.document["parameters"]?.array ?? [] }
                .filter { $0["in"] == "header" }.compactMap { $0["name"]?.string }
            let hasBody = operations.contains { $0.document["requestBody"] != nil }
            let fields = Set(preflight["access-control-allow-headers"]?.components(separatedBy: ", ") ?? [])
            #expect(fields.isSuperset(of: names + ["Authorization"]), "\(path)")
            #expect(fields.contains("Idempotency-Key") == !names.isEmpty, "\(path)")
            #expect(fields.contains("Content-Type") == hasBody, "\(path)")
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] where !methods.contains(method) {
                let reply = try await door.ask(target, method: method, body: [])
                #expect(reply.status == 405, "\(method) \(path)")
                let allow = Set(reply["allow"]?.components(separatedBy: ", ") ?? [])
                #expect(allow == methods.union(["OPTIONS"]), "\(path)")
            }
            #expect(try await door.ask(target + "/x/y/z").problem == "not-found")
        }
    }

    @Test func `every write names the key in the document, and reads do not`() async throws {
        let contract = try await Contract.served()
        for operation in Self.operations(contract) {
            let header = operation.document["parameters"]?.array?.first { $0["in"]?.string == "header" }
            let isKeyed =
                operation.method != "get" && !operation.path.hasSuffix("lookup")
                && !operation.path.hasSuffix("customer")
            #expect((header?["name"]?.string == "Idempotency-Key") == isKeyed, "\(operation.method) \(operation.path)")
            #expect(header.map { $0["required"]?.bool == true } ?? true)
        }
    }
}
