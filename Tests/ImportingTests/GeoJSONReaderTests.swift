import Foundation
import Testing

@testable import Importing

struct GeoJSONReaderTests {
    private static let features = [
        #"{"type":"Feature","geometry":{"type":"Point","coordinates":[12.5,55.5]},"properties":{"name":"A } \" ] { \\","features":[{"a":1}]}}"#,
        #"{"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":[[[10,50],[14,50],[14,52],[10,52],[10,50]]]},"properties":{"name":"\u00d8 \ud83d\ude00","category":["hair","nails"],"n":null}}"#,
    ]
    private static let expected: [[String: String]] = [
        ["name": #"A } " ] { \"#, "features": #"[{"a":1}]"#, "lat": "55.5", "lon": "12.5"],
        ["name": "Ø 😀", "category": "hair;nails", "id": "7", "lat": "51.0", "lon": "12.0"],
    ]

    private static let wrappings: [String] = [
        #"{"type":"FeatureCollection","crs":{"features":[{}]},"features":["# + features.joined(separator: ",")
            + #"],"after":{"x":[1]}}"#,
        "{\n \"features\" : [\n" + features.joined(separator: "\n,\n") + "\n]\n}\n",
        features.joined(separator: "\n"), features.map { "\u{1E}" + $0 + "\n" }.joined(),
    ]

    private func rows(_ text: String, chunkSize: Int = 4_096) throws -> [[String: String]] {
        let fixture = try Fixture()
        return try Fixture.rows(
            GeoJSONReader(path: fixture.file("a.geojson", text), projected: false, chunkSize: chunkSize))
    }

    @Test(arguments: wrappings)
    func `reads collections and sequences however they are cut`(text: String) throws {
        for chunkSize in 1...text.utf8.count {
            #expect(try rows(text, chunkSize: chunkSize) == Self.expected, "chunks of \(chunkSize)")
        }
    }

    @Test func `goes on after a broken line`() throws {
        let whole = Self.features[0]
        let cut = String(whole.prefix(70))
        for broken in [cut, #"{"type":"Feature","properties":{"name":"x"#, #"{"type":"Feature","a":tru}"#, "{}"] {
            let found = try rows([whole, broken, whole, broken, whole].joined(separator: "\n"))
            #expect(found.map { $0["!"] == nil } == [true, false, true, false, true], "\(broken)")
            let first = try rows([broken, whole, whole].joined(separator: "\n"))
            #expect(first.map { $0["!"] == nil } == [false, true, true], "\(broken) first")
        }
    }

    @Test func `a file that ends within a feature has one damaged row`() throws {
        let text = Self.wrappings[0]
        let end = text.range(of: #""id":7"#)!.lowerBound
        #expect(try rows(String(text[..<end])).map { $0["!"] != nil } == [false, true])
    }

    @Test func `refuses what is not JSON`() {
        #expect(throws: ImportingError.self) { try rows("name,lat\n") }
    }

    @Test func `a feature that is no JSON is a damaged row, which says where`() throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        for (value, damage) in [
            ("1.", "a number is not written as JSON writes it at byte 28 of the feature"),
            (deep, "it is nested in more than 64 levels at byte 89 of the feature"),
        ] {
            let found = try rows(#"{"type":"Feature","name":\#(value)}"# + "\n" + Self.features[0])
            #expect(found.count == 2 && found[0]["!"]?.contains(damage) == true, "\(found)")
        }
    }

    @Test func `texts that are not UTF-8 are read as those of old Western files`() throws {
        let fixture = try Fixture()
        let text = #"{"type":"Feature","properties":{"name":"S?ren \u00d8","name":"S?ren \u00c6"}}"#
        let bytes = text.utf8.map { $0 == UInt8(ascii: "?") ? 0xF8 : $0 }
        let path = try fixture.file("b.geojson", bytes)
        let row = try #require(try Fixture.rows(GeoJSONReader(path: path)).first)
        #expect(row["name"] == "Søren Æ")
    }
}
