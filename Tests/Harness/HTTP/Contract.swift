import Foundation

/// The OpenAPI document as the server serves it.
public struct Contract: Sendable {
    /// The document.
    public let document: JSONTree

    /// Reads a document that a door serves.
    public init(_ door: Door) async throws {
        document = try await door.ask("/openapi.json").json
    }

    /// The Parameter Objects of an operation.
    public func parameters(_ path: String, _ method: String = "get") -> [JSONTree] {
        document["paths"]?[path]?[method]?["parameters"]?.array ?? []
    }

    /// What a parameter looks like: the value to try, or what its schema shows.
    public static func example(of parameter: JSONTree) -> JSONTree? {
        parameter["example"] ?? parameter["schema"]?["examples"]?.array?.first
    }

    /// Every operation, as its path and its method.
    public var operations: [(path: String, method: String, document: JSONTree)] {
        (document["paths"]?.object ?? [:]).flatMap { path, item in
            (item.object ?? [:]).map { (path, $0.key, $0.value) }
        }.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    }

    /// The schema of an answer.
    public func schema(_ path: String, _ method: String = "get", status: String = "200") -> JSONTree? {
        document["paths"]?[path]?[method]?["responses"]?[status]?["content"]?.object?.values.first?["schema"]
    }

    /// Everything in which a value departs from a schema. Stricter than JSON Schema in one way: an object may have no
    /// member that its schema does not name, so that nothing is answered that is not documented.
    public func faults(_ value: JSONTree, _ schema: JSONTree?, at path: String = "$") -> [String] {
        guard let schema else { return ["\(path): no schema"] }
        if let reference = schema["$ref"]?.string {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            return faults(value, document["components"]?["schemas"]?[name], at: path)
        }
        if let choices = (schema["oneOf"] ?? schema["anyOf"])?.array {
            let tried = choices.map { faults(value, $0, at: path) }
            return tried.contains([]) ? [] : tried.min { $0.count < $1.count } ?? ["\(path): no choice"]
        }
        var found: [String] = []
        if let allowed = schema["enum"]?.array, !allowed.contains(value) { found.append("\(path): not in enum") }
        switch (schema["type"]?.string, value) {
        case ("object", .object(let members)): found += object(members, schema, path)
        case ("array", .array(let elements)):
            for (index, element) in elements.enumerated() {
                found += faults(element, schema["items"], at: "\(path)[\(index)]")
            }
        case ("string", .string(let text)): found += string(text, schema, path)
        case ("number", .number(let number)), ("integer", .number(let number)):
            if schema["type"]?.string == "integer", number.rounded() != number { found.append("\(path): no integer") }
            if let minimum = schema["minimum"]?.number, number < minimum { found.append("\(path): below minimum") }
            if let maximum = schema["maximum"]?.number, number > maximum { found.append("\(path): above maximum") }
        case ("boolean", .bool): break
        default: found.append("\(path): wrong type, \(value)")
        }
        return found
    }

    private func object(_ members: [String: JSONTree], _ schema: JSONTree, _ path: String) -> [String] {
        var found: [String] = []
        for name in schema["required"]?.array ?? [] where members[name.string ?? ""] == nil {
            found.append("\(path): lacks \(name)")
        }
        for (name, value) in members {
            if let member = schema["properties"]?[name] {
                found += faults(value, member, at: "\(path).\(name)")
            } else if let rest = schema["additionalProperties"], rest.object != nil {
                found += faults(value, rest, at: "\(path).\(name)")
            } else if schema["properties"] != nil {
                found.append("\(path).\(name): is not documented")
            }
        }
        return found
    }

    private func string(_ text: String, _ schema: JSONTree, _ path: String) -> [String] {
        var found: [String] = []
        if text.isEmpty, schema["minLength"]?.number != 0 { found.append("\(path): empty") }
        if let limit = schema["minLength"]?.number, Double(text.count) < limit { found.append("\(path): too short") }
        if let limit = schema["maxLength"]?.number, Double(text.count) > limit { found.append("\(path): too long") }
        switch schema["format"]?.string {
        case "uuid" where UUID(uuidString: text) == nil || text != text.lowercased(): found.append("\(path): no UUID")
        case "date-time" where !Self.isInstant(text): found.append("\(path): no RFC 3339 instant, \(text)")
        case "uri-reference" where URL(string: text) == nil || text.isEmpty: found.append("\(path): no reference")
        case "uri" where URL(string: text)?.scheme == nil: found.append("\(path): no URI")
        default: break
        }
        return found
    }

    private static func isInstant(_ text: String) -> Bool {
        text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/#) != nil
    }
}
