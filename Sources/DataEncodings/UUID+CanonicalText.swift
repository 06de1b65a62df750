public import Foundation

extension UUID {
    /// Hexadecimal digits and dashes in lower case (RFC 9562, section 4), as PostgreSQL prints it.
    public var canonicalText: String {
        String(unsafeUninitializedCapacity: Self.textLength) { text in
            withUnsafeBytes(of: uuid) { bytes in Self.write(bytes, to: UnsafeMutableRawBufferPointer(text)) }
            return Self.textLength
        }
    }

    /// Reads the canonical text in either case; nil for anything else.
    public init?(canonicalText text: String) {
        guard text.utf8.count == Self.textLength, let value = UUID(uuidString: text) else { return nil }
        self = value
    }

    /// Characters of the canonical text.
    public static let textLength = 36

    /// Writes the canonical text of an identifier's 16 bytes into 36 bytes.
    public static func write(_ bytes: UnsafeRawBufferPointer, to text: UnsafeMutableRawBufferPointer) {
        var place = 0
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                text[place] = UInt8(ascii: "-")
                place += 1
            }
            text[place] = Base16.digit(byte >> 4)
            text[place + 1] = Base16.digit(byte & 15)
            place += 2
        }
    }
}
