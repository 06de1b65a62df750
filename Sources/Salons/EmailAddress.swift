/// The rule for e-mail addresses: those of RFC 5321 that are written without quotes and in ASCII. Upper and lower case
/// are the same everywhere, as all large providers have it.
public enum EmailAddress {
    /// What is wrong with an address.
    public enum Fault: Error, Sendable, Hashable {
        /// It has not the form `name@example.com`.
        case malformed
        /// It is longer than 254 bytes, or what stands before the `@` than 64.
        case tooLong
        /// What stands before the `@` is not ASCII.
        case localPartNotASCII
        /// The domain is not ASCII.
        case domainNotASCII
    }

    /// The form in which an address is kept and looked up: without white space around it, `A` to `Z` in lower case.
    public static func checked(_ text: String) throws(Fault) -> String {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        // Only ASCII has its case folded: U+212A, the Kelvin sign, is no k.
        let folded = bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
        guard let at = folded.lastIndex(of: UInt8(ascii: "@")) else { throw .malformed }
        let (local, domain) = (folded[..<at], folded[(at + 1)...])
        guard local.allSatisfy({ $0 < 0x80 }) else { throw .localPartNotASCII }
        guard domain.allSatisfy({ $0 < 0x80 }) else { throw .domainNotASCII }
        guard folded.count <= 254, local.count <= 64 else { throw .tooLong }
        let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomText) }), labels.allSatisfy(isLabel),
            labels.last?.allSatisfy({ (48...57).contains($0) }) == false
        else { throw .malformed }
        return String(decoding: folded, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    /// `atext` of RFC 5322, section 3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// A label of letters, digits and inner hyphens: RFC 1123, section 2.1.
    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        (1...63).contains(label.count) && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
    }
}

extension EmailAddress.Fault: CustomStringConvertible {
    /// What an address must be, as far as it is not.
    public var description: String {
        switch self {
        case .malformed: "must look like name@example.com"
        case .tooLong: "must have at most 254 characters, and at most 64 before the @"
        case .localPartNotASCII: "must have no other characters than ASCII before the @"
        case .domainNotASCII: "must have its domain in ASCII: write the A-label, such as xn--klp-0na.example"
        }
    }
}
