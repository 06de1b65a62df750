import Crypto
import DataEncodings
import Directory
import Foundation
import Geodesy
import Salons
import Tenancy

/// Where a page ended, signed and bound to the question and the tenant, so that it can be neither altered nor carried
/// to another one.
///
/// Layout before base64url: version (1 byte), band (1), negated quality (4), distance bits (8), identifier (16),
/// instant of the first page in microseconds since 1970 (8), all big-endian, then 16 bytes of HMAC-SHA256.
struct Cursor: Equatable {
    var after: SortKey
    /// The instant for which `open_now` was asked on the first page: later pages ask for the same one, or a salon that
    /// opens in between would shift the pages.
    var instant: Date

    private static let version: UInt8 = 1
    private static let payloadLength = 38
    private static let signatureLength = 16

    init(after: SortKey, instant: Date) {
        self.after = after
        self.instant = instant
    }

    init(_ text: String, canonical: String, scope: TenantScope, key: SymmetricKey) throws(DiscoveryError) {
        guard let bytes = Base64URL.bytes(text), bytes.count == Self.payloadLength + Self.signatureLength,
            bytes[0] == Self.version
        else { throw .invalidCursor }
        let payload = Array(bytes[..<Self.payloadLength])
        let signature = Self.signature(payload, canonical: canonical, scope: scope, key: key)
        guard zip(signature, bytes[Self.payloadLength...]).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else {
            throw .invalidCursor
        }
        var rest = payload[1...]
        func take<Value: FixedWidthInteger>(_: Value.Type) -> Value {
            let size = MemoryLayout<Value>.size
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size).reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
        }
        let band = take(UInt8.self)
        let quality = Int32(bitPattern: take(UInt32.self))
        let distance = Double(bitPattern: take(UInt64.self))
        var uuid = UUID().uuid
        withUnsafeMutableBytes(of: &uuid) { $0.copyBytes(from: rest.prefix(16)) }
        rest = rest.dropFirst(16)
        let instant = Int64(bitPattern: take(UInt64.self))
        self.after = SortKey(
            band: band, rank: quality, distance: Meters(distance), id: SalonID(UUID(uuid: uuid)))
        self.instant = Date(timeIntervalSince1970: Double(instant) / 1e6)
    }

    func text(canonical: String, scope: TenantScope, key: SymmetricKey) -> String {
        var payload: [UInt8] = [Self.version]
        payload.reserveCapacity(Self.payloadLength + Self.signatureLength)
        func put(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.bigEndian) { payload.append(contentsOf: $0) }
        }
        put(after.band)
        put(after.rank)
        put(after.distance.value.bitPattern)
        withUnsafeBytes(of: after.id.rawValue.uuid) { payload.append(contentsOf: $0) }
        put(Int64((instant.timeIntervalSince1970 * 1e6).rounded()))
        payload.append(contentsOf: Self.signature(payload, canonical: canonical, scope: scope, key: key))
        return Base64URL.text(payload)
    }

    private static func signature(
        _ payload: [UInt8], canonical: String, scope: TenantScope, key: SymmetricKey
    ) -> [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: payload)
        mac.update(data: Array("\(scope.audience)\u{0}\(canonical)".utf8))
        return Array(mac.finalize()).prefix(signatureLength).map { $0 }
    }
}
