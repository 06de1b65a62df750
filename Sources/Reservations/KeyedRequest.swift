/// A request under its sender's key, with a digest of what it asks: one key stands for one request.
struct KeyedRequest {
    let key: IdempotencyKey
    let fingerprint: [UInt8]

    init(_ key: IdempotencyKey, _ fingerprint: Fingerprint) {
        self.key = key
        self.fingerprint = fingerprint.bytes()
    }
}
