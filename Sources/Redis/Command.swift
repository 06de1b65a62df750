/// A command and its arguments, as bytes that may have any value.
///
/// An array literal of strings is a command: `["EXPIRE", "key", "10"]`.
public struct Command: Sendable, Hashable {
    /// All arguments, one after the other.
    let bytes: [UInt8]
    /// Where each argument ends in ``bytes``.
    let ends: [Int]

    /// A command of these arguments, the first of which is its name.
    public init(_ arguments: [[UInt8]]) {
        bytes = Array(arguments.joined())
        var end = 0
        ends = arguments.map { argument in
            end += argument.count
            return end
        }
    }

    init(_ name: StaticString, _ arguments: [[UInt8]]) {
        self.init([Array("\(name)".utf8)] + arguments)
    }

    /// The arguments, the name first.
    public var arguments: [[UInt8]] {
        (0..<ends.count).map { Array(argument($0)) }
    }

    func argument(_ index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The argument in capitals if it is a plain word, else an empty string.
    func word(_ index: Int) -> String {
        guard index < ends.count else { return "" }
        let argument = argument(index)
        let isWord = argument.count <= 24 && argument.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
        return isWord ? String(decoding: argument, as: UTF8.self).uppercased() : ""
    }
}

extension Command: ExpressibleByArrayLiteral {
    /// A command of these words, the first of which is its name.
    public init(arrayLiteral elements: String...) {
        self.init(elements.map { Array($0.utf8) })
    }
}

extension Command: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name and the number of further arguments, never these themselves.
    public var description: String {
        let name = word(0)
        return "\(name.isEmpty ? "command" : name) with \(max(0, ends.count - 1)) arguments"
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// As ``description``, so that a dump shows no keys or values.
    public var customMirror: Mirror { Mirror(self, children: ["summary": description]) }
}
