public import Salons

/// Whom a booking is for: personal data of the tenant's, which goes into no log and can be erased.
public struct Customer: Sendable, Hashable {
    /// What is wrong with what somebody gave as name or contact.
    public enum Fault: Error, Sendable, Hashable {
        /// The name cannot be read or is too long.
        case name(VisibleText.Fault)
        /// The e-mail address is none.
        case email(EmailAddress.Fault)
        /// The telephone number has fewer than 5 or more than 15 digits, or other characters than `+ ( ) - .` and
        /// spaces.
        case phone
        /// There is neither an e-mail address nor a telephone number.
        case contact
    }

    /// As the customer gave it.
    public let name: String
    /// As ``EmailAddress`` keeps it.
    public let email: String?
    /// Digits, with `+` before them if it was given.
    public let phone: String?

    /// Takes and normalises what a customer gave.
    public init(name: String, email: String?, phone: String?) throws(Fault) {
        do throws(VisibleText.Fault) {
            self.name = try VisibleText.checked(name)
        } catch {
            throw .name(error)
        }
        self.email = try email.map(Self.email)
        self.phone = try phone.map(Self.phone)
        guard email != nil || phone != nil else { throw .contact }
    }

    /// The form in which an e-mail address is kept and looked up.
    public static func email(_ text: String) throws(Fault) -> String {
        do throws(EmailAddress.Fault) {
            return try EmailAddress.checked(text)
        } catch {
            throw .email(error)
        }
    }

    /// The form in which a telephone number is kept and looked up.
    public static func phone(_ text: String) throws(Fault) -> String {
        // Bytes and not characters: a digit with an accent sorts between two digits.
        var text = Array(text.utf8)[...]
        while text.first == 32 { text.removeFirst() }
        while text.last == 32 { text.removeLast() }
        let digits = text.filter { (48...57).contains($0) }
        guard (5...15).contains(digits.count), text.count <= 40,
            text.allSatisfy({ (48...57).contains($0) || " ()-.+".utf8.contains($0) }),
            !text.dropFirst().contains(UInt8(ascii: "+"))
        else { throw .phone }
        return (text.first == UInt8(ascii: "+") ? "+" : "") + String(decoding: digits, as: UTF8.self)
    }
}
