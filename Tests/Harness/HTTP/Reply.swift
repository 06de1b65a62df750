import Foundation

/// One answer as it came over the wire.
public struct Reply: Sendable {
    /// The number of the status line.
    public let status: Int
    /// The header fields in their order, their names in lower case.
    public let fields: [(name: String, value: String)]
    /// The body, without its chunks' lengths.
    public internal(set) var body: [UInt8] = []

    init(head: [UInt8]) throws {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let parts = lines[0].split(separator: " ")
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw WireError(description: "no status line: \(lines[0])")
        }
        self.status = status
        fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (
                line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
            )
        }
    }

    /// The value of a field, by its name in lower case.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `null` when it is none.
    public var json: JSONTree { JSONTree(body) ?? .null }

    /// The members of the list's salons called `id`, in order.
    public var ids: [String] { json["salons"]?.array?.compactMap { $0["id"]?.string } ?? [] }

    /// The parameters that a problem names.
    public var faults: [String] { json["errors"]?.array?.compactMap { $0["parameter"]?.string } ?? [] }

    /// The members of the body that a problem points to.
    public var pointers: [String] { json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? [] }

    /// The header fields that a problem names.
    public var headers: [String] { json["errors"]?.array?.compactMap { $0["header"]?.string } ?? [] }

    /// The rules that a problem names.
    public var rules: [String] { json["errors"]?.array?.compactMap { $0["rule"]?.string } ?? [] }

    /// The last part of a problem's type.
    public var problem: String? { json["type"]?.string?.split(separator: "/").last.map(String.init) }
}
