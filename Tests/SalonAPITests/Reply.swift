import Foundation

/// One answer as it came over the wire.
struct Reply: Sendable {
    let status: Int
    let fields: [(name: String, value: String)]
    var body: [UInt8] = []

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
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `null` when it is none.
    var json: JSON { JSON(body) ?? .null }

    /// The members of the list's salons called `id`, in order.
    var ids: [String] { json["salons"]?.array?.compactMap { $0["id"]?.string } ?? [] }

    /// The parameters that a problem names.
    var faults: [String] { json["errors"]?.array?.compactMap { $0["parameter"]?.string } ?? [] }

    /// The members of the body that a problem points to.
    var pointers: [String] { json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? [] }

    /// The header fields that a problem names.
    var headers: [String] { json["errors"]?.array?.compactMap { $0["header"]?.string } ?? [] }

    /// The rules that a problem names.
    var rules: [String] { json["errors"]?.array?.compactMap { $0["rule"]?.string } ?? [] }

    /// The last part of a problem's type.
    var problem: String? { json["type"]?.string?.split(separator: "/").last.map(String.init) }
}
