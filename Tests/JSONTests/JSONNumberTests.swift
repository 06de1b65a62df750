import Foundation
import JSON
import Testing

struct JSONNumberTests {
    static let wholes: [(String, Int?)] = [
        ("0", 0), ("-0", 0), ("-0.0e5", 0), ("0e99999999999999999999", 0), ("1.0", 1), ("1e3", 1_000), ("1.5e1", 15),
        ("1200e-2", 12), ("-1200e-2", -12), ("1201e-2", nil), ("1.5", nil), ("1e-400", nil), ("1e400", nil),
        ("1e99999999999999999999", nil), ("9223372036854775807", .max), ("9223372036854775808", nil),
        ("-9223372036854775808", .min), ("9223372036854775807.0", .max), ("922337203685477580.7e1", .max),
        ("9007199254740993", 9_007_199_254_740_993), ("1.0000000000000000000001", nil),
        ("100000000000000000000e-20", 1), ("1e19", nil), ("1e18", 1_000_000_000_000_000_000),
    ]

    @Test(arguments: wholes)
    func `is a whole number only where it is one exactly`(text: String, value: Int?) throws {
        #expect(try JSONReader.read(Array(text.utf8)).number?.integer == value)
    }

    @Test(arguments: [
        ("0.1", 0.1), ("-0", -0.0), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
        ("123456789.123456789", 123456789.123456789),
    ])
    func `reads as the nearest Double`(text: String, value: Double) throws {
        #expect(try JSONReader.read(Array(text.utf8)).number?.double == value)
    }

    @Test func `beyond the range of Double there is none, and infinities are no numbers`() throws {
        #expect(try JSONReader.read(Array("1e400".utf8)).number?.double == nil)
        #expect(JSONNumber(Double.nan) == nil && JSONNumber(-Double.infinity) == nil)
        #expect(JSONValue.number(.infinity) == .null)
    }

    @Test func `true is no number and 1 is not true`() throws {
        #expect(try JSONReader.read(Array("true".utf8)).number == nil)
        #expect(try JSONReader.read(Array("1".utf8)).bool == nil)
    }
}
