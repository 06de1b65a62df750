import Foundation
import Testing

@testable import JSON

struct JSONReaderTests {
    static func fault(_ text: String, by reader: JSONReader = JSONReader()) -> JSONFault? {
        do throws(JSONFault) {
            _ = try reader.read(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `reads every kind of value, and keeps order and digits`() throws {
        let text = #" { "b" : [ 1 , -0.50e+3 , true , false , null , [ ] , { } ] , "a" : "x\u00e6\n\/\ud83d\ude00" } "#
        let value = try JSONReader.read(Array(text.utf8))
        let number = try #require(value["b"]?.array?[1].number)
        #expect(number.description == "-0.50e+3" && number.double == -500 && number.integer == -500)
        #expect(value.members?.map(\.name) == ["b", "a"])
        #expect(value["a"]?.string == "xæ\n/😀")
        #expect(value.description == #"{"b":[1,-0.50e+3,true,false,null,[],{}],"a":"xæ\n/😀"}"#)
    }

    static let faults: [(String, JSONFault.Reason, Int)] = [
        ("", .noValue, 0), (" ", .noValue, 1), ("tru", .noValue, 0), ("nul", .noValue, 0), ("x", .noValue, 0),
        ("NaN", .noValue, 0), ("'a'", .noValue, 0), ("\u{FEFF}1", .noValue, 0), ("+1", .noValue, 0),
        (".5", .noValue, 0), ("[1,]", .noValue, 3), ("[,1]", .noValue, 1), ("[1", .noEndOfArray, 2),
        ("[1 2]", .noEndOfArray, 3), ("[1}", .noEndOfArray, 2), ("{", .noName, 1), ("{1:2}", .noName, 1),
        (#"{"a":1,}"#, .noName, 7), (#"{"a"}"#, .noColon, 4), (#"{"a":}"#, .noValue, 5),
        (#"{"a":1"#, .noEndOfObject, 6), (#"{"a":1]"#, .noEndOfObject, 6), ("1 2", .trailingBytes, 2),
        ("1,", .trailingBytes, 1), ("{}}", .trailingBytes, 2), ("// a\n1", .noValue, 0), ("01", .malformedNumber, 2),
        ("-", .malformedNumber, 1), ("-x", .malformedNumber, 1), ("1.", .malformedNumber, 2),
        ("1.e3", .malformedNumber, 2), ("1e", .malformedNumber, 2), ("1e+", .malformedNumber, 3),
        ("0x1", .trailingBytes, 1), ("\"a", .openString, 2), ("\"\\", .unknownEscape, 2),
        ("\"\\x\"", .unknownEscape, 2),
        ("\"a\nb\"", .controlCharacter, 2), ("\"\u{0}\"", .controlCharacter, 1), (#""\u12"#, .noHexadecimal, 5),
        (#""\u12G4""#, .noHexadecimal, 5), (#""\ud800""#, .halfSurrogatePair, 7),
        (#""\ud800\n""#, .halfSurrogatePair, 8), (#""\ud800\u0041""#, .halfSurrogatePair, 13),
        (#""\udc00""#, .halfSurrogatePair, 7),
    ]

    @Test(arguments: faults)
    func `says what is wrong with malformed text, and at which byte`(
        text: String, reason: JSONFault.Reason, offset: Int
    ) {
        #expect(Self.fault(text) == JSONFault(reason: reason, offset: offset))
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22],
    ])
    func `refuses a string that is not UTF-8, unless somebody knows what it says`(bytes: [UInt8]) throws {
        #expect(throws: JSONFault(reason: .notUTF8, offset: 1)) { try JSONReader.read(bytes) }
        let reader = JSONReader(repair: { "\($0.count) bytes" })
        #expect(try reader.read(bytes) == .string("\(bytes.count - 2) bytes"))
    }

    @Test func `nesting is bounded, so that no input exhausts the stack`() {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            func nested(_ depth: Int) -> String {
                String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            }
            #expect(Self.fault(nested(64)) == nil)
            #expect(Self.fault(nested(65))?.reason == .tooDeep(limit: 64))
            #expect(Self.fault(String(repeating: open, count: 1_000_000))?.reason == .tooDeep(limit: 64))
        }
        #expect(Self.fault("[[1]]", by: JSONReader(deepest: 2)) == nil)
        #expect(Self.fault("[[1]]", by: JSONReader(deepest: 1)) == JSONFault(reason: .tooDeep(limit: 1), offset: 1))
    }

    @Test func `a document longer than the bound is refused before it is read`() {
        let reader = JSONReader(longest: 4)
        #expect(Self.fault("1234", by: reader) == nil)
        #expect(Self.fault("x2345", by: reader) == JSONFault(reason: .tooManyBytes(limit: 4), offset: 4))
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, ["/a"], 0),
        (#"[0,{"x":{"b":1,"c":2,"b":3,"b":4}},{"d":1,"d":1}]"#, ["/1/x/b", "/1/x/b", "/2/d"], 8),
        (#"{"a":1,"\u0061":2}"#, ["/a"], 0), (#"{"a/~":{"é":1,"é":2}}"#, ["/a~1~0/é"], 7),
        (#" {"a":{"b":1,"b":2},"a":3}"#, ["/a/b", "/a"], 1),
        ("{" + (0..<50).map { "\"m\($0 % 49)\":1" }.joined(separator: ",") + "}", ["/m0"], 0),
    ])
    func `finds all members that are given again`(text: String, places: [String], offset: Int) throws {
        let fault = try #require(Self.fault(text))
        guard case .repeatedMembers(let found) = fault.reason else { return #expect(Bool(false), "\(fault)") }
        #expect(found.map(\.description) == places && fault.offset == offset)
        let value = try JSONReader(repeatedMembers: .kept).read(Array(text.utf8))
        #expect(value.repeatedMembers.map(\.description) == places)
    }

    @Test func `names are compared byte for byte`() throws {
        let value = try JSONReader.read(Array("{\"\u{E9}\":1,\"e\u{301}\":2,\"K\":3,\"\u{212A}\":4}".utf8))
        #expect(value["\u{E9}"] == 1 && value["e\u{301}"] == 2 && value["K"] == 3 && value["\u{212A}"] == 4)
        #expect(value["k"] == nil)
    }

    @Test func `of kept members the last counts`() throws {
        let value = try JSONReader(repeatedMembers: .kept).read(Array(#"{"a":1,"a":2}"#.utf8))
        #expect(value["a"] == 2 && value.members?.count == 2)
    }

    @Test func `a wide object takes time in proportion to its members`() throws {
        let text = "{" + (0..<200_000).map { "\"\($0)\":\($0)" }.joined(separator: ",") + "}"
        #expect(try JSONReader.read(Array(text.utf8)).members?.count == 200_000)
    }
}
