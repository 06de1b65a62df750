/// The values of a statement as libpq takes them: addresses, lengths and formats, valid within the call.
struct BoundValues {
    let count: Int32
    let addresses: [UnsafePointer<CChar>?]
    let lengths: [Int32]
    let formats: [Int32]
}

extension [SQL.Bind] {
    /// Lends the values to a body. All are binary.
    func withValues<R>(_ body: (BoundValues) -> R) -> R {
        // One buffer for all values: the pointers into it live as long as the call.
        var buffer: [UInt8] = []
        var offsets: [Int?] = []
        for bind in self {
            offsets.append(bind.bytes == nil ? nil : buffer.count)
            buffer += bind.bytes ?? []
        }
        // An empty value needs an address too, or it would be NULL.
        buffer.append(0)
        return buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(
                BoundValues(
                    count: Int32(count),
                    addresses: offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } },
                    lengths: map { Int32($0.bytes?.count ?? 0) },
                    formats: [Int32](repeating: 1, count: count)))
        }
    }
}
