import DataEncodings
import Foundation
import Testing

struct DataEncodingsTests {
    @Test func `Base16 writes two lower-case digits a byte`() {
        #expect(Base16.text([0x00, 0x09, 0x0A, 0xAF, 0xFF]) == "00090aafff")
        #expect(Base16.text([]) == "")
    }

    @Test func `Base16 reads digits in either case and nothing else`() {
        for byte in UInt8.min...UInt8.max {
            #expect(Base16.value(byte).map(Int.init) == Character(Unicode.Scalar(byte)).hexDigitValue)
        }
    }

    /// RFC 4648, section 10, in the alphabet of section 5.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("\u{fb}\u{ff}", "w7vDvw"),
    ])
    func `Base64URL writes the vectors of the RFC`(bytes: String, text: String) {
        #expect(Base64URL.text(Array(bytes.utf8)) == text)
        #expect(Base64URL.bytes(text) == Array(bytes.utf8))
    }

    @Test func `Base64URL agrees with Foundation on all lengths`() {
        for length in 0..<100 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ length) }
            let standard = Data(bytes).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(Base64URL.text(bytes) == standard)
            #expect(Base64URL.bytes(standard) == bytes)
        }
    }

    @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm9 ", "Zm9vY", "Zm9vé"])
    func `Base64URL reads no text that it would not write`(text: String) {
        #expect(Base64URL.bytes(text) == nil)
    }

    @Test func `a UUID has one canonical text and is read in either case`() throws {
        let id = UUID()
        #expect(id.canonicalText == id.uuidString.lowercased())
        #expect(UUID(canonicalText: id.uuidString) == id)
        for wrong in ["", "\(id)0", String("\(id)".dropLast()), "{\(id)}", "\(id)".replacing("-", with: "")] {
            #expect(UUID(canonicalText: wrong) == nil, "\(wrong)")
        }
    }
}
