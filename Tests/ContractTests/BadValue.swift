import Foundation
import Harness
import Testing

/// Values that do not fit a parameter, derived from what the document says of it.
struct BadValue: Sendable, CustomTestStringConvertible {
    let parameter: String
    /// What follows the `=`, already encoded.
    let raw: String
    var testDescription: String { "\(parameter)=\(raw)" }

    static func all(of parameter: JSONTree) -> [BadValue] {
        let name = parameter["name"]?.string ?? ""
        let schema = parameter["schema"] ?? .null
        // Whatever the type: nothing, broken escapes, bytes that are not UTF-8, a NUL.
        var raw = ["", "%", "%4", "%zz", "%FF", "%C3%28"]
        // In a text that may be any, a NUL is one.
        if schema["maxLength"] == nil { raw.append("%00") }
        return raw.map { BadValue(parameter: name, raw: $0) }
            + texts(schema).map { BadValue(parameter: name, raw: encoded($0)) }
    }

    private static let notNumbers = [
        "NaN", "nan", "inf", "-inf", "Infinity", "0x1p3", "0x10", "1e1", "1E1", "+1", " 1", "1 ", "1x", "x", "--1", "-",
        ".", ".5", "5.", "1.2.3", "1_0", "1;2", "true", "null", "١", "−1", "1\u{0}",
        "000000000000000000000000000000001",
    ]

    private static func texts(_ schema: JSONTree) -> [String] {
        switch schema["type"]?.string {
        case "number", "integer": return numbers(schema)
        case "boolean": return ["1", "0", "TRUE", "True", "yes", "on", "null", "true ", "tru", "truefalse"]
        case "array": return lists(schema)
        default: break
        }
        if let words = schema["enum"]?.array?.compactMap(\.string) {
            return ["x", "null"] + words.map { $0.uppercased() } + words.map { $0 + "," } + words.map { $0 + "x" }
        }
        if schema["format"]?.string == "uuid" {
            return ["x", "00000000-0000-4000-8000-00000000000", "00000000-0000-4000-8000-0000000000000", "{}"]
        }
        if schema["anyOf"] != nil { return ["x", "null", "HAIRCUT", "haircut,", "haircut haircut"] }
        if schema["format"]?.string == "date-time" {
            return [
                "now", "1795516215", "2026-11-24", "2026-11-24T17:00:00", "2026-11-24T17:00+01:00",
                "2026-11-24T17:00:00+0100", "2026-11-24T17:00:00+01", "2026-11-24 17:00:00Z",
                "2026-11-24T17:00:00 01:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z",
                "2026-11-24T24:00:00Z", "2026-11-24T17:60:00Z", "2026-11-24T17:00:60Z", "2026-11-24T17:00:61Z",
                "2026-11-24T17:00:00.Z",
                "2026-11-24T17:00:00+24:00", "2026-11-24T17:00:00+01:60", "2026-11-24T17:00:00ZZ",
                "-026-11-24T17:00:00Z", "12026-11-24T17:00:00Z", "2026-11-24T17:00:00,5Z",
            ]
        }
        if let longest = schema["maxLength"]?.number { return [String(repeating: "A", count: Int(longest) + 1)] }
        return []
    }

    private static func numbers(_ schema: JSONTree) -> [String] {
        var texts = notNumbers
        if let minimum = schema["minimum"]?.number {
            texts += [JSONTree.number(minimum - 1).parameterText, "-99999999999"]
            if schema["type"]?.string == "number" { texts.append("\(minimum - 0.001)") }
        }
        if let maximum = schema["maximum"]?.number {
            texts += [JSONTree.number(maximum + 1).parameterText, "99999999999"]
            if schema["type"]?.string == "number" { texts.append("\(maximum + 0.001)") }
        }
        if schema["type"]?.string == "integer" { texts += ["1.5", "1.0", "-1"] }
        if schema["multipleOf"]?.number == 0.1 { texts += ["4.55", "0.01"] }
        return texts
    }

    private static func lists(_ schema: JSONTree) -> [String] {
        let items = schema["items"] ?? .null
        if let count = schema["minItems"]?.number, count == schema["maxItems"]?.number {
            let good = ["10", "50", "11", "51"]
            var texts = ["10,50,11", "10,50,11,51,12", "10,50,11,51,", ",10,50,11", "10 50 11 51", "10;50;11;51"]
            for bad in numbers(items) {
                for place in 0..<4 {
                    texts.append(good.enumerated().map { $0.offset == place ? bad : $0.element }.joined(separator: ","))
                }
            }
            return texts
        }
        if let words = items["enum"]?.array?.compactMap(\.string), let first = words.first, let last = words.last {
            return [
                "x", first.uppercased(), "\(first),\(first)", "\(last),\(first),\(last)", "\(first),", ",\(first)",
                "\(first),,\(last)", "\(first), \(last)", "\(first);\(last)", "\(first),x", "[\(first)]",
            ]
        }
        return numbers(items) + ["1,1", "1,", ",1", "1,5", "1 2"]
    }
}
