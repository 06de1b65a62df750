/// Why bytes are not a document that a reader takes, and where.
public struct JSONFault: Error, Sendable, Hashable {
    /// What is wrong.
    public let reason: Reason
    /// How many bytes stand before the fault.
    public let offset: Int

    /// What can be wrong.
    public enum Reason: Sendable, Hashable {
        /// There are more bytes than the limit.
        case tooManyBytes(limit: Int)
        /// Arrays and objects are nested more deeply than the limit.
        case tooDeep(limit: Int)
        /// No value begins here.
        case noValue
        /// A number is not written as JSON writes numbers.
        case malformedNumber
        /// After an element there is neither a comma nor the end of the array.
        case noEndOfArray
        /// After a member there is neither a comma nor the end of the object.
        case noEndOfObject
        /// An object's member has no name in quotes.
        case noName
        /// There is no colon after a name.
        case noColon
        /// The document ends within a string.
        case openString
        /// A string holds a control character that is not escaped.
        case controlCharacter
        /// A backslash is followed by what is no escape.
        case unknownEscape
        /// `\u` is not followed by four hexadecimal digits.
        case noHexadecimal
        /// One half of a surrogate pair stands alone.
        case halfSurrogatePair
        /// A string is not UTF-8.
        case notUTF8
        /// Something follows the value.
        case trailingBytes
        /// Members of objects are given again.
        case repeatedMembers([JSONPointer])
    }
}

extension JSONFault: CustomStringConvertible {
    /// What is wrong, and at which byte, counted from 1.
    public var description: String { "\(reason) at byte \(offset + 1)" }
}

extension JSONFault.Reason: CustomStringConvertible {
    /// What is wrong. Nothing of a value is repeated, since it may be personal data.
    public var description: String {
        switch self {
        case .tooManyBytes(let limit): "there are more than \(limit) bytes"
        case .tooDeep(let limit): "it is nested in more than \(limit) levels"
        case .noValue: "a value was expected"
        case .malformedNumber: "a number is not written as JSON writes it"
        case .noEndOfArray: "a comma or ] was expected"
        case .noEndOfObject: "a comma or } was expected"
        case .noName: "a name in quotes was expected"
        case .noColon: "a colon was expected"
        case .openString: "a string is not closed"
        case .controlCharacter: "a string holds a control character"
        case .unknownEscape: "an unknown escape"
        case .noHexadecimal: "four hexadecimal digits were expected"
        case .halfSurrogatePair: "half a surrogate pair"
        case .notUTF8: "a string is not UTF-8"
        case .trailingBytes: "something follows the value"
        case .repeatedMembers(let places):
            "members are given more than once: \(places.map(\.description).joined(separator: ", "))"
        }
    }
}
