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
        let raw = ["", "%", "%4", "%zz", "%FF", "%C3%28", "%00"]
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

struct `Parameters of a search near a place` {
    private static let path = "/v1/salons/nearby"

    /// The other parameters that a parameter needs beside it.
    private static func companions(of name: String) -> String {
        switch name {
        case "lat": "lon=12.5683"
        case "lon": "lat=55.6761"
        case "bbox": ""
        default: "lat=55.6761&lon=12.5683"
        }
    }

    private static func target(_ name: String, _ raw: String) -> String {
        "\(path)?" + [companions(of: name), "\(name)=\(raw)"].filter { !$0.isEmpty }.joined(separator: "&")
    }

    private static func expect(_ reply: Reply, names: Set<String>, _ comment: String) {
        #expect(reply.status == 400, "\(comment)")
        #expect(reply["content-type"] == "application/problem+json", "\(comment)")
        #expect(reply.problem == "invalid-parameter", "\(comment)")
        #expect(Set(reply.faults) == names, "\(comment): \(reply.text)")
    }

    @Test func `every documented example is answered`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        let parameters = contract.parameters(Self.path)
        #expect(parameters.count == 15)
        for parameter in parameters {
            let name = try #require(parameter["name"]?.string)
            // Only an answer can give a cursor that is right.
            guard name != "cursor" else { continue }
            let example = try #require(Contract.example(of: parameter))
            #expect(contract.faults(example, parameter["schema"]) == [], "the example of \(name)")
            let reply = try await door.ask(Self.target(name, encoded(example.parameterText)))
            #expect(reply.status == 200, "\(name): \(reply.text)")
            #expect(contract.faults(reply.json, contract.schema(Self.path)) == [])
        }
    }

    @Test func `a value outside its schema is refused by name, and only that name`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        var asked = 0
        for parameter in contract.parameters(Self.path) {
            let name = try #require(parameter["name"]?.string)
            for bad in BadValue.all(of: parameter) {
                let reply = try await door.ask(Self.target(name, bad.raw))
                if name == "cursor", reply.problem == "invalid-cursor" {
                    #expect(reply.status == 400)
                    #expect(reply.faults == ["cursor"])
                } else {
                    Self.expect(reply, names: [name], bad.testDescription)
                }
                #expect(contract.faults(reply.json, contract.schema(Self.path, status: "400")) == [])
                asked += 1
            }
        }
        #expect(asked > 400)
    }

    @Test func `a parameter that is given twice is refused, even with equal values`() async throws {
        let contract = try await Contract.served()
        let door = try await Door.shared()
        for parameter in contract.parameters(Self.path) {
            let name = try #require(parameter["name"]?.string)
            let example = encoded(Contract.example(of: parameter)?.parameterText ?? "x")
            let reply = try await door.ask(Self.target(name, "\(example)&\(name)=\(example)"))
            Self.expect(reply, names: [name], name)
        }
    }

    @Test(arguments: [
        ("", ["lat", "lon"]),
        ("lat=55", ["lon"]),
        ("lon=12", ["lat"]),
        ("radius_m=500", ["lat", "lon"]),
        ("lat=90.000001&lon=12", ["lat"]),
        ("lat=-90.000001&lon=12", ["lat"]),
        ("lat=91&lon=181", ["lat", "lon"]),
        ("lat=55&bbox=12,55,13,56", ["lon"]),
        ("lat=55&lon=12&radius_m=500&bbox=12,55,13,56", ["radius_m"]),
        ("lat=55&lon=12&open_now=true&open_at=2026-11-24T17:00:00Z", ["open_at"]),
        ("lat=55&lon=12&category=hair,nails&exclude=nails", ["exclude"]),
        ("bbox=12,55,13", ["bbox"]),
        ("bbox=12,56,13,55", ["bbox"]),
        ("bbox=12,-91,13,55", ["bbox"]),
        ("lat=55&lon=12&colour=red", ["colour"]),
        ("lat=55&lon=12&LIMIT=5", ["LIMIT"]),
        ("lat=55&lon=12&tenant=opdigtet-kaede-1", ["tenant"]),
        ("lat=55&lon=12&limit=0&radius_m=50001&sort=price", ["limit", "radius_m", "sort"]),
        ("lat=55&lon=12&limit", ["limit"]),
        ("lat&lon", ["lat", "lon"]),
        ("lat=55&lon=12&%FF=1", ["?"]),
        ("lat=55&lon=12&=1", [""]),
    ])
    func `missing, contradictory and unknown parameters are named`(query: String, names: [String]) async throws {
        let reply = try await Door.shared().ask("\(Self.path)?\(query)")
        Self.expect(reply, names: Set(names), query)
    }

    @Test(arguments: [
        "lat=90&lon=180", "lat=-90&lon=-180", "lat=-0.0&lon=0", "lat=55.67610000000001&lon=12.5683",
        "lat=55&lon=12&radius_m=0", "lat=55&lon=12&radius_m=50000", "lat=55&lon=12&limit=1", "lat=55&lon=12&limit=100",
        "lat=55&lon=12&min_rating=0", "lat=55&lon=12&min_rating=5.0", "lat=55&lon=12&min_rating=4.7",
        "bbox=179,-20,-179,20", "bbox=12,55,12,55", "bbox=-180,-90,180,90", "bbox=12,55,13,56&lat=55&lon=12",
        "lat=55&lon=12&open_at=2026-11-24T17:00:00%2B01:00", "lat=55&lon=12&open_at=2026-11-24t17:00:00.5z",
        "lat=55&lon=12&open_at=2028-02-29T23:59:59-11:30", "lat=55&lon=12&open_now=false&open_at=2026-11-24T17:00:00Z",
        "l%61t=55&lon=%31%32", "&lat=55&&lon=12&", "lat=55&lon=12&category=hair&exclude=nails",
    ])
    func `values on the edge of what is allowed are answered`(query: String) async throws {
        let contract = try await Contract.served()
        let reply = try await Door.shared().ask("\(Self.path)?\(query)")
        #expect(reply.status == 200, "\(reply.text)")
        #expect(contract.faults(reply.json, contract.schema(Self.path)) == [])
    }
}
