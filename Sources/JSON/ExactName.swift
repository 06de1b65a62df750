/// A member's name as JSON compares names: byte for byte, where Swift's strings are equal in all spellings of a
/// character.
struct ExactName: Hashable {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    static func == (left: ExactName, right: ExactName) -> Bool {
        left.name.utf8.count == right.name.utf8.count && left.name.utf8.elementsEqual(right.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var name = name
        name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Whether an object has a member twice.
    static func isAnyRepeated(in members: [JSONValue.Member]) -> Bool {
        guard members.count <= 8 else {
            return Set(members.lazy.map { ExactName($0.name) }).count < members.count
        }
        return members.indices.contains { place in
            members[..<place].contains { ExactName($0.name) == ExactName(members[place].name) }
        }
    }
}
