/// A cached value with what tells that it is whole: a version of this layout (1 byte), a checksum (8 bytes,
/// big-endian), then the value.
///
/// The checksum is FNV-1a with 64 bits over the key and the value. It finds every change of a single byte and all but
/// one in 2⁶⁴ of others; it does not stop somebody who writes into Redis on purpose.
enum SealedValue {
    private static let version: UInt8 = 1
    private static let headerLength = 9

    static func seal(_ value: [UInt8], key: CacheKey) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(headerLength + value.count)
        withUnsafeBytes(of: checksum(value[...], key: key).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: value)
        return bytes
    }

    /// The value; nil when these are not the bytes that were stored under this key.
    static func open(_ bytes: [UInt8], key: CacheKey) -> [UInt8]? {
        guard bytes.count >= headerLength, bytes[0] == version else { return nil }
        let stored = bytes[1..<headerLength].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let value = bytes[headerLength...]
        return stored == checksum(value, key: key) ? Array(value) : nil
    }

    private static func checksum(_ value: ArraySlice<UInt8>, key: CacheKey) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for byte in key.text.utf8 { mix(byte) }
        // No byte of UTF-8: where the key ends is part of the sum.
        mix(0xFF)
        for byte in value { mix(byte) }
        return hash
    }
}
