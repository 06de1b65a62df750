/// base64url (RFC 4648, section 5) without padding: for what stands in an address, a key or a header.
///
/// Foundation's base64 with its letters replaced afterwards was an eighth of the time of a whole search.
public enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: .max, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The text of bytes.
    public static func text(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
            var count = 0
            var index = 0
            while index < bytes.count {
                let rest = min(3, bytes.count - index)
                var group = UInt32(bytes[index]) << 16
                if rest > 1 { group |= UInt32(bytes[index + 1]) << 8 }
                if rest > 2 { group |= UInt32(bytes[index + 2]) }
                for place in 0...rest {
                    text[count] = alphabet[Int(group >> UInt32(18 - 6 * place) & 63)]
                    count += 1
                }
                index += rest
            }
            return count
        }
    }

    /// The bytes of a text; nil for any other text than ``text(_:)`` gives for them: padding, other letters, bits left
    /// over. So no two texts are the same bytes.
    public static func bytes(_ text: String) -> [UInt8]? {
        let count = text.utf8.count
        guard count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 3 / 4)
        var group: UInt32 = 0
        var bits = 0
        for letter in text.utf8 {
            let value = values[Int(letter)]
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
                group &= (1 << UInt32(bits)) - 1
            }
        }
        return group == 0 ? bytes : nil
    }
}
