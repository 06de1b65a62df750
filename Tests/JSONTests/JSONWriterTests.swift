import Foundation
import JSON
import SeededRandom
import Testing

struct JSONWriterTests {
    @Test func `puts commas between values and members, and nowhere else`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("a")
            writer.array { writer in
                writer.integer(-1)
                writer.array { _ in }
                writer.object { _ in }
                writer.bool(true)
                writer.bool(false)
                writer.null()
                writer.string("x")
                writer.encoded(Array(#"{"y":[1,2]}"#.utf8))
                writer.number(0.5)
            }
            writer.name("b" as String)
            writer.encoded(Array("1".utf8))
            writer.name("c")
            writer.string("")
        }
        #expect(writer.text == #"{"a":[-1,[],{},true,false,null,"x",{"y":[1,2]},0.5],"b":1,"c":""}"#)
        writer.removeAll()
        writer.integer(7)
        #expect(writer.text == "7" && writer.count == 1)
    }

    @Test func `raw pieces have the commas that they bring along`() {
        var writer = JSONWriter()
        writer.raw("{\"a\":")
        writer.integer(1)
        writer.raw(",\"b\":")
        writer.string("x")
        writer.raw("}")
        #expect(writer.text == #"{"a":1,"b":"x"}"#)
    }

    @Test func `what throws leaves through the object`() {
        struct Stop: Error {}
        var writer = JSONWriter()
        #expect(throws: Stop.self) { try writer.object { _ throws(Stop) in throw Stop() } }
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-12.5, "-12.5"), (55.6760968, "55.6760968"), (0.1, "0.1"),
        (1e-7, "0.0000001"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "null"), (.infinity, "null"),
        (0.123456789, "0.123456789"), (1e8, "100000000"),
    ])
    func `numbers are the shortest decimals`(value: Double, text: String) {
        var writer = JSONWriter()
        writer.number(value)
        #expect(writer.text == text)
    }

    @Test func `an identifier is lower-case text`() {
        let id = UUID()
        var writer = JSONWriter()
        writer.array { writer in
            writer.string(id)
            writer.string(id)
        }
        #expect(writer.text == "[\"\(id)\",\"\(id)\"]".lowercased())
        for value in [Int64.min, .max] {
            writer.removeAll()
            writer.integer(value)
            #expect(writer.text == "\(value)")
        }
    }

    @Test func `every ASCII character and its neighbours are escaped where they must be`() throws {
        for code in UInt32(0)..<0x100 {
            let scalar = try #require(Unicode.Scalar(code))
            for length in 0..<18 {
                let text = String(repeating: "a", count: length) + "\(scalar)\(scalar)b"
                let json = JSONValue.string(text).bytes
                #expect(!json.contains { $0 < 0x20 })
                #expect(try JSONReader.read(json) == .string(text))
                #expect(try JSONDecoder().decode(String.self, from: Data(json)) == text)
            }
        }
    }

    /// A random value with texts that need escapes, nested at most so deeply.
    private static func value(_ random: inout SplitMix64, depth: Int) -> JSONValue {
        func text() -> String {
            let pieces = [
                "\"", "\\", "\n", "\t", "\u{0}", "\u{1f}", "\u{7f}", "æ", "漢", "😀", "\u{2028}", "/", "abcdefgh",
            ]
            return (0..<random.index(6)).map { _ in random.element(pieces) }.joined()
        }
        switch random.index(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(random.index(2) == 0)
        case 2: return .integer(Int(truncatingIfNeeded: random.next()))
        case 3: return .number(Double(bitPattern: random.next()))
        case 4: return .string(text())
        case 5: return .array((0..<random.index(5)).map { _ in value(&random, depth: depth - 1) })
        default:
            return .object((0..<random.index(5)).map { .init("\($0)\(text())", value(&random, depth: depth - 1)) })
        }
    }

    @Test func `whatever is written reads back as it was, here and by Foundation`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let value = Self.value(&random, depth: 4)
            #expect(try JSONReader.read(value.bytes) == value, "seed \(seed)")
            #expect(try JSONReader.read(Array(value.layout(width: 20, spreading: 1).utf8)) == value, "seed \(seed)")
            _ = try JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed)
            #expect(value.description == String(decoding: value.bytes, as: UTF8.self))
        }
    }

    @Test func `a layout has a line for what does not fit on one`() {
        let value: JSONValue = ["a": [["b": 1, "c": "x"], []], "d": [1, 2, 3]]
        #expect(value.layout(width: 100) == #"{ "a": [{ "b": 1, "c": "x" }, []], "d": [1, 2, 3] }"#)
        #expect(
            value.layout(width: 22) == """
                {
                  "a": [
                    {
                      "b": 1,
                      "c": "x"
                    },
                    []
                  ],
                  "d": [1, 2, 3]
                }
                """)
        #expect(value.layout(width: 100, spreading: 1).split(separator: "\n").count == 4)
    }
}
