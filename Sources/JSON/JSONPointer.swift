/// A place in a document (RFC 6901), such as `/steps/0/start`; the empty pointer is the document.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The pointer's text.
    public let description: String

    /// The document.
    public static let root = JSONPointer(description: "")

    private init(description: String) {
        self.description = description
    }

    /// A member of the object here.
    public func appending(_ name: String) -> JSONPointer {
        JSONPointer(description: "\(description)/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))")
    }

    /// An element of the array here.
    public func appending(_ index: Int) -> JSONPointer { JSONPointer(description: "\(description)/\(index)") }
}

extension JSONValue {
    /// The places of all members that are given again, in the order of the document.
    public var repeatedMembers: [JSONPointer] {
        var found: [JSONPointer] = []
        addRepeatedMembers(at: .root, to: &found)
        return found
    }

    private func addRepeatedMembers(at place: JSONPointer, to found: inout [JSONPointer]) {
        switch self {
        case .null, .bool, .number, .string: break
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                element.addRepeatedMembers(at: place.appending(index), to: &found)
            }
        case .object(let members):
            var names: Set<ExactName> = []
            for member in members {
                let pointer = place.appending(member.name)
                if !names.insert(ExactName(member.name)).inserted { found.append(pointer) }
                member.value.addRepeatedMembers(at: pointer, to: &found)
            }
        }
    }
}
