import Crypto
import Directory
import Foundation
import Geodesy
import Salons
import Testing

@testable import Discovery
@testable import Tenancy

struct `A cursor` {
    private static let key = SymmetricKey(data: Data(repeating: 7, count: 32))
    private static let tenant = TenantScope(
        audience: .tenant(TenantID(UUID(uuidString: "0f8fad5b-d9cb-469f-a165-70867728950e")!)), actor: .customer)
    private static let cursor = Cursor(
        after: SortKey(
            band: 3, rank: -4_569, distance: Meters(412.3712345678901),
            id: SalonID("7c9e6679-7425-40de-944b-e07fc1f90ae7")!),
        instant: Date(timeIntervalSince1970: 1_795_516_215.123456))

    private static func text() -> String {
        cursor.text(canonical: "lat=1&lon=2", scope: tenant, key: key)
    }

    private static func read(_ text: String) throws(DiscoveryError) -> Cursor {
        try Cursor(text, canonical: "lat=1&lon=2", scope: tenant, key: key)
    }

    @Test func `comes back as it went, to the last bit of the distance`() throws {
        let read = try Self.read(Self.text())
        #expect(read.after == Self.cursor.after)
        #expect(read.after.distance.value.bitPattern == Self.cursor.after.distance.value.bitPattern)
        #expect(abs(read.instant.timeIntervalSince(Self.cursor.instant)) < 1e-6)
    }

    @Test func `needs no encoding in a URL`() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        #expect(Self.text().count == 72)
        #expect(Self.text().allSatisfy(allowed.contains))
    }

    @Test func `is refused with any bit of it changed`() throws {
        let standard = Self.text().replacing("-", with: "+").replacing("_", with: "/")
        let bytes = Array(try #require(Data(base64Encoded: standard)))
        #expect(bytes.count == 54)
        for index in bytes.indices {
            for bit in 0..<8 {
                var altered = bytes
                altered[index] ^= 1 << bit
                let text = Data(altered).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                #expect(throws: DiscoveryError.invalidCursor, "byte \(index), bit \(bit)") { try Self.read(text) }
            }
        }
    }

    @Test func `is refused cut, lengthened or in other letters`() {
        let text = Self.text()
        for length in 0..<72 {
            #expect(throws: DiscoveryError.invalidCursor) { try Self.read(String(text.prefix(length))) }
        }
        for other in [text + "A", text + "=", " " + text.dropFirst(), String(repeating: "=", count: 72), text + text] {
            #expect(throws: DiscoveryError.invalidCursor) { try Self.read(other) }
        }
        for index in 0..<72 {
            var characters = Array(text)
            characters[index] = "é"
            #expect(throws: DiscoveryError.invalidCursor) { try Self.read(String(characters)) }
        }
    }

    @Test func `belongs to one question, one tenant and one key`() {
        let other = TenantScope(audience: .tenant(TenantID(UUID())), actor: .customer)
        for scope in [other, .marketplace] {
            #expect(throws: DiscoveryError.invalidCursor) {
                try Cursor(Self.text(), canonical: "lat=1&lon=2", scope: scope, key: Self.key)
            }
        }
        for canonical in ["", "lat=1&lon=3", "lat=1&lon=2&open_now=true"] {
            #expect(throws: DiscoveryError.invalidCursor) {
                try Cursor(Self.text(), canonical: canonical, scope: Self.tenant, key: Self.key)
            }
        }
        #expect(throws: DiscoveryError.invalidCursor) {
            try Cursor(
                Self.text(), canonical: "lat=1&lon=2", scope: Self.tenant, key: SymmetricKey(size: .bits256))
        }
    }
}
