/// Whom a booking is for: personal data of the tenant's, which goes into no log and can be erased.
public struct Customer: Sendable, Hashable {
    /// What is wrong with what somebody gave as name or contact.
    public enum Fault: Error, Sendable, Hashable {
        /// The name is empty or over 200 characters.
        case name
        /// The e-mail address has not the form `a@b`, or is over 254 characters.
        case email
        /// The telephone number has fewer than 5 or more than 15 digits, or other characters than `+ ( ) - .` and spaces.
        case phone
        /// There is neither an e-mail address nor a telephone number.
        case contact
    }

    /// As the customer gave it.
    public let name: String
    /// In lower case.
    public let email: String?
    /// Digits, with `+` before them if it was given.
    public let phone: String?

    /// Takes and normalises what a customer gave.
    public init(name: String, email: String?, phone: String?) throws(Fault) {
        let name = name.trimmed
        guard !name.isEmpty, name.count <= 200 else { throw .name }
        self.name = name
        self.email = try email.map(Self.email)
        self.phone = try phone.map(Self.phone)
        guard email != nil || phone != nil else { throw .contact }
    }

    /// The form in which an e-mail address is kept and looked up.
    public static func email(_ text: String) throws(Fault) -> String {
        let text = text.trimmed.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.count <= 254,
            !text.contains(where: { $0.isWhitespace || $0.isNewline })
        else { throw .email }
        return text
    }

    /// The form in which a telephone number is kept and looked up.
    public static func phone(_ text: String) throws(Fault) -> String {
        let text = text.trimmed
        let digits = text.filter { ("0"..."9").contains($0) }
        guard (5...15).contains(digits.count),
            text.allSatisfy({ ("0"..."9").contains($0) || " ()-.+".contains($0) }),
            !text.dropFirst().contains("+")
        else { throw .phone }
        return (text.hasPrefix("+") ? "+" : "") + digits
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
