/// What a request's query, path and header fields say, read into one value; everything wrong is found at once.
///
/// One parameter is the smallest of these (see ``Parameter``); several are put together by `make`, which may find them
/// contradictory, and what was put together is a part of something greater in the same way.
public struct Parameters<Value: Sendable>: Sendable {
    /// What the document and the check of names know of each.
    @usableFromInline let declared: [ParameterDeclaration]
    /// Reads the value; nil when it cannot be made, and then there is a fault.
    @usableFromInline let read: @Sendable (RequestParts, Faults) -> Value?

    @inlinable
    init(
        declared: [ParameterDeclaration], read: @escaping @Sendable (RequestParts, Faults) -> Value?
    ) {
        self.declared = declared
        self.read = read
    }

    /// Puts parameters together.
    /// - Parameter make: the value, of what each part gave. It says what is contradictory to its first argument.
    @inlinable
    public init<each Part: Sendable>(
        _ parts: repeat Parameters<each Part>,
        make: @escaping @Sendable (Faults, repeat each Part) -> Value
    ) {
        var declared: [ParameterDeclaration] = []
        for part in repeat each parts { declared += part.declared }
        self.init(declared: declared) { request, faults in
            // Each part is read, whatever came of those before it.
            let values = (repeat (each parts).read(request, faults))
            func present<T>(_ value: T?) throws -> T {
                guard let value else { throw Missing() }
                return value
            }
            guard let given = try? (repeat present(each values)) else { return nil }
            return make(faults, repeat each given)
        }
    }

    /// The value where there is one; the one who made it has said why there is none.
    @inlinable
    public func unwrapped<Wrapped: Sendable>() -> Parameters<Wrapped> where Value == Wrapped? {
        let read = read
        return Parameters<Wrapped>(declared: declared) { request, faults in read(request, faults) ?? nil }
    }
}

@usableFromInline
struct Missing: Error {
    @inlinable
    init() {}
}

extension Parameters where Value == Void {
    /// An operation that has none, and refuses any.
    public static var none: Parameters { Parameters(declared: []) { _, _ in } }
}

/// What a request brings besides its body, decoded.
@usableFromInline
struct RequestParts: Sendable {
    @usableFromInline var query: QueryString
    /// The values of the template's places, by their names.
    var path: [(name: String, value: String)] = []
    /// The values of a header field.
    var header: @Sendable (String) -> [String] = { _ in [] }
}
