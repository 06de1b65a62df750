import HTTPTypes

/// Decides where a request goes. Dispatch, shedding, counters, preflight and the way on the event loop all ask this
/// table, so that no two of them can take a path for different things.
///
/// A path is matched as it was sent: two slashes are an empty part, a slash at the end is another path, and literal
/// parts are compared before anything is decoded. What a template's `{name}` holds is decoded for its codec.
struct RouteTable: Sendable {
    /// Where a request goes.
    enum Match: Sendable {
        /// To an operation, by its index, with what stands in the path's places.
        case operation(Int, path: [(name: String, value: String)])
        /// A browser asks what a page may send.
        case preflight(Preflight)
        /// The path has other methods.
        case wrongMethod(allowed: String)
        /// There is no such path.
        case nothing
    }

    /// The answer to a browser that asks before it sends a request of another origin's page.
    struct Preflight: Sendable {
        var methods: String
        var fields: String
    }

    private struct Route {
        var template: String
        var parts: [Substring]
        /// Which operation a method is.
        var operations: [HTTPRequest.Method: Int] = [:]
        var allowed = ""
        var preflight: Preflight?
    }

    private var routes: [Route] = []
    /// Routes without a place, by their path.
    private var literals: [Substring: Int] = [:]

    init(_ operations: [Operation]) {
        var grouped: [(template: String, operations: [(index: Int, operation: Operation)])] = []
        for (index, operation) in operations.enumerated() {
            if let place = grouped.firstIndex(where: { $0.template == operation.path }) {
                grouped[place].operations.append((index, operation))
            } else {
                grouped.append((operation.path, [(index, operation)]))
            }
        }
        for group in grouped { add(group.template, group.operations) }
    }

    private mutating func add(_ template: String, _ operations: [(index: Int, operation: Operation)]) {
        var route = Route(template: template, parts: Self.parts(of: template[...]))
        var names: [String] = []
        for (index, operation) in operations {
            let name = operation.method.rawValue
            precondition(!names.contains(name), "\(name) \(template) is declared twice")
            names.append(name)
            if operation.method == .get { names.append("HEAD") }
            guard let method = HTTPRequest.Method(name) else { preconditionFailure("\(name) is a token") }
            route.operations[method] = index
            if operation.method == .get { route.operations[.head] = index }
        }
        route.preflight = Self.preflight(operations.map(\.operation))
        route.allowed = (names + (route.preflight == nil ? [] : ["OPTIONS"])).joined(separator: ", ")
        if !template.contains("{") { literals[template[...]] = routes.count }
        routes.append(route)
    }

    /// The path of a target, and what follows its `?`.
    static func parts(of target: String) -> (path: Substring, query: Substring?) {
        // Bytes, because characters cost more than all of the rest.
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target[...], nil) }
        return (target[..<mark], target[target.utf8.index(after: mark)...])
    }

    /// Where a request goes, by its method and the path of its target, without the query.
    func match(_ method: HTTPRequest.Method, _ path: Substring) -> Match {
        if let index = literals[path] { return match(method, routes[index], []) }
        let given = Self.parts(of: path)
        for route in routes where route.parts.count == given.count {
            if let values = Self.values(route.parts, given) { return match(method, route, values) }
        }
        return .nothing
    }

    private func match(
        _ method: HTTPRequest.Method, _ route: Route, _ values: [(name: String, value: String)]
    ) -> Match {
        if let index = route.operations[method] { return .operation(index, path: values) }
        if method == .options, let preflight = route.preflight { return .preflight(preflight) }
        return .wrongMethod(allowed: route.allowed)
    }

    private static func parts(of path: Substring) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// What stands in a template's places; nil when the path is another.
    private static func values(_ template: [Substring], _ given: [Substring]) -> [(name: String, value: String)]? {
        var values: [(name: String, value: String)] = []
        for (wanted, part) in zip(template, given) {
            if wanted.first == "{" {
                guard !part.isEmpty else { return nil }
                // What cannot be decoded is a value that nothing has.
                let text = QueryString.decode(part.utf8[...], plusIsSpace: false) ?? "\u{FFFD}"
                values.append((String(wanted.dropFirst().dropLast()), text))
            } else if wanted != part {
                return nil
            }
        }
        return values
    }

    /// What pages of other origins may send; nil where they may send nothing.
    private static func preflight(_ operations: [Operation]) -> Preflight? {
        let open = operations.filter { $0.crossOrigin == .open }
        guard !open.isEmpty else { return nil }
        var fields: [String] = []
        if open.contains(where: { !$0.isOpen }) { fields.append("Authorization") }
        if open.contains(where: { $0.body != nil }) { fields.append("Content-Type") }
        for parameter in open.flatMap(\.parameters) where parameter.place == .header {
            if !fields.contains(parameter.name) { fields.append(parameter.name) }
        }
        if open.contains(where: \.isValidated) { fields.append("If-None-Match") }
        let methods = open.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.method.rawValue] }
        return Preflight(methods: methods.joined(separator: ", "), fields: fields.joined(separator: ", "))
    }
}
