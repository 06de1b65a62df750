import Foundation
import Salons

/// Reads a JSON body strictly and gathers everything that is wrong with it, each fault under the JSON pointer (RFC
/// 6901) of its member. What was given is never repeated in a fault: it may be personal data.
struct BodyReader {
    /// An object of the body, and where it stands.
    struct Object {
        let members: [String: Any]
        let pointer: String

        func pointer(to name: String) -> String {
            "\(pointer)/\(JSONText.pointerPart(name))"
        }
    }

    private(set) var faults: [Problem.Fault] = []

    /// The value of a body, in which no object has a member twice.
    static func json(_ bytes: [UInt8]) throws(Problem) -> Any {
        let value: Any
        let repeated: [String]
        do {
            repeated = try JSONText.repeatedMembers(of: bytes)
            value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        } catch {
            throw Problem(kind: .invalidBody, detail: "the body is not JSON")
        }
        guard repeated.isEmpty else {
            throw .body(repeated.map { .init(pointer: $0, detail: "is given more than once") })
        }
        return value
    }

    /// The body itself, which must be an object.
    static func root(_ bytes: [UInt8]) throws(Problem) -> Object {
        let value = try json(bytes)
        guard let members = value as? [String: Any] else {
            throw .body([.init(pointer: "", detail: "must be a JSON object")])
        }
        return Object(members: members, pointer: "")
    }

    /// Throws all faults, if there are any.
    func finish() throws(Problem) {
        if !faults.isEmpty { throw .body(faults) }
    }

    mutating func fault(_ name: String, in object: Object, _ detail: String) {
        faults.append(.init(pointer: object.pointer(to: name), detail: detail))
    }

    /// Refuses members that the call does not know.
    mutating func allow(_ names: [String], in object: Object) {
        for name in object.members.keys.sorted() where !names.contains(name) {
            fault(name, in: object, "is not a member of this body; it knows \(names.joined(separator: ", "))")
        }
    }

    // MARK: Kinds of values

    static let noControls = "must have no control characters, nor any that change the direction of text"

    /// A text without control characters, of at most `limit` code points.
    mutating func text(_ name: String, in object: Object, limit: Int = 1_000, isRequired: Bool = true) -> String? {
        guard let value = present(name, in: object, isRequired: isRequired) else { return nil }
        guard let text = value as? String else {
            fault(name, in: object, "must be a string")
            return nil
        }
        guard text.unicodeScalars.count <= limit else {
            fault(name, in: object, "must have at most \(limit) code points")
            return nil
        }
        guard !text.unicodeScalars.contains(where: VisibleText.isControl) else {
            fault(name, in: object, Self.noControls)
            return nil
        }
        return text
    }

    mutating func identifier<ID>(
        _ name: String, in object: Object, isRequired: Bool = true, _ parse: (String) -> ID?
    ) -> ID? {
        guard let value = present(name, in: object, isRequired: isRequired) else { return nil }
        guard let text = value as? String, let id = parse(text) else {
            fault(name, in: object, "must be a UUID")
            return nil
        }
        return id
    }

    mutating func instant(_ name: String, in object: Object, isRequired: Bool = true) -> Date? {
        guard let value = present(name, in: object, isRequired: isRequired) else { return nil }
        guard let text = value as? String else {
            fault(name, in: object, Timestamp.Fault.format.description)
            return nil
        }
        do throws(Timestamp.Fault) {
            return try Timestamp.read(text)
        } catch {
            fault(name, in: object, error.description)
            return nil
        }
    }

    mutating func integer(
        _ name: String, in object: Object, within range: ClosedRange<Int>, isRequired: Bool = false
    ) -> Int? {
        guard let value = present(name, in: object, isRequired: isRequired) else { return nil }
        // A cast would take `true` for 1.
        guard let number = value as? NSNumber, !["c", "B"].contains(String(cString: number.objCType)),
            let integer = Int(exactly: number.doubleValue), range.contains(integer)
        else {
            fault(name, in: object, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return integer
    }

    mutating func object(_ name: String, in object: Object, isRequired: Bool = true) -> Object? {
        guard let value = present(name, in: object, isRequired: isRequired) else { return nil }
        guard let members = value as? [String: Any] else {
            fault(name, in: object, "must be an object")
            return nil
        }
        return Object(members: members, pointer: object.pointer(to: name))
    }

    mutating func objects(_ name: String, in object: Object, count: ClosedRange<Int>) -> [Object]? {
        guard let value = present(name, in: object, isRequired: true) else { return nil }
        guard let elements = value as? [Any], count.contains(elements.count) else {
            fault(name, in: object, "must be an array of \(count.lowerBound) to \(count.upperBound) objects")
            return nil
        }
        var objects: [Object] = []
        for (index, element) in elements.enumerated() {
            let pointer = "\(object.pointer(to: name))/\(index)"
            guard let members = element as? [String: Any] else {
                faults.append(.init(pointer: pointer, detail: "must be an object"))
                continue
            }
            objects.append(Object(members: members, pointer: pointer))
        }
        return objects.count == elements.count ? objects : nil
    }

    private mutating func present(_ name: String, in object: Object, isRequired: Bool) -> Any? {
        if let value = object.members[name] { return value }
        if isRequired { fault(name, in: object, "is missing") }
        return nil
    }
}
