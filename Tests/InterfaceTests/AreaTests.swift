import Foundation
import Harness
import Testing

struct `A search in a polygon` {
    private static let path = "/v1/salons/nearby"
    private static let json = ["Content-Type: application/json"]

    private static func post(
        _ body: String, query: String = "", fields: [String] = json
    ) async throws -> Reply {
        try await Door.shared().ask(
            path + (query.isEmpty ? "" : "?\(query)"), method: "POST", fields: fields, body: Array(body.utf8))
    }

    private static func polygon(_ rings: String) -> String {
        #"{"area":{"type":"Polygon","coordinates":\#(rings)}}"#
    }

    private static let square = "[[[12.55,55.67],[12.57,55.67],[12.57,55.69],[12.55,55.69],[12.55,55.67]]]"

    @Test func `finds what a box of the same shape finds`() async throws {
        let door = try await Door.shared()
        let contract = try await Contract.served()
        let box = try await door.ask("\(Self.path)?bbox=12.55,55.67,12.57,55.69&limit=100")
        let area = try await Self.post(Self.polygon(Self.square), query: "limit=100")
        #expect(area.status == 200, "\(area.text)")
        #expect(area.ids == box.ids)
        #expect(area.ids.count > 20)
        #expect(contract.faults(area.json, contract.schema(Self.path, "post")) == [])
        let parts =
            #"{"area":{"type":"MultiPolygon","coordinates":[[[[12.55,55.67],[12.57,55.67],[12.57,55.68],[12.55,55.68],"#
            + "[12.55,55.67]]],[[[12.55,55.69],[12.57,55.69],[12.57,55.6801],[12.55,55.6801],[12.55,55.69]]]]}}"
        let multi = try await Self.post(parts, query: "limit=100&lat=55.68&lon=12.56")
        #expect(multi.status == 200, "\(multi.text)")
        #expect(Set(multi.ids).isSubset(of: Set(box.ids)))
    }

    @Test func `leaves a hole out, filters, and comes in pages`() async throws {
        let hole = "[[12.555,55.675],[12.555,55.685],[12.565,55.685],[12.565,55.675],[12.555,55.675]]"
        let body = Self.polygon(Self.square.dropLast() + ",\(hole)]")
        let all = try await Self.post(Self.polygon(Self.square), query: "limit=100&category=barber,nails")
        let ring = try await Self.post(body, query: "limit=100&category=barber,nails")
        #expect(ring.status == 200, "\(ring.text)")
        let inside = all.json["salons"]!.array!.filter { salon in
            let (lat, lon) = (salon["location"]!["lat"]!.number!, salon["location"]!["lon"]!.number!)
            return lat > 55.675 && lat < 55.685 && lon > 12.555 && lon < 12.565
        }.compactMap { $0["id"]?.string }
        #expect(!inside.isEmpty)
        #expect(Set(ring.ids) == Set(all.ids).subtracting(inside))
        let nails = try await Self.post(body, query: "limit=100&category=nails")
        #expect(!nails.ids.isEmpty && nails.ids.count < ring.ids.count)
        let first = try await Self.post(body, query: "limit=5&category=barber,nails")
        let cursor = try #require(first.json["next_cursor"]?.string)
        let second = try await Self.post(body, query: "limit=5&category=barber,nails&cursor=\(cursor)")
        #expect(first.ids + second.ids == Array(ring.ids.prefix(10)))
        let elsewhere = try await Self.post(
            Self.polygon(Self.square), query: "limit=5&category=barber,nails&cursor=\(cursor)")
        #expect(elsewhere.problem == "invalid-cursor")
    }

    @Test func `says why an area is empty`() async throws {
        let sea = "[[[3,55],[3.1,55],[3.1,55.1],[3,55.1],[3,55]]]"
        let reply = try await Self.post(Self.polygon(sea))
        #expect(reply.ids.isEmpty)
        #expect(reply.json["diagnosis"]?["relax"]?.string == "area")
    }

    @Test(arguments: [
        "{}", "[]", "null", "1", #"{"area":null}"#, #"{"area":[]}"#, #"{"area":{}}"#,
        #"{"area":{"type":"Point","coordinates":[12,55]}}"#, #"{"area":{"type":"Polygon"}}"#,
        #"{"area":{"type":"Polygon","coordinates":[]}}"#, #"{"area":{"type":"Polygon","coordinates":[[]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[1,2,3]]}}"#, #"{"area":{"type":"MultiPolygon","coordinates":[]}}"#,
        #"{"area":{"type":"MultiPolygon","coordinates":[[]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[12,55],[13,55],[12,55]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[12,55],[13,55],[13,56],[12,56]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[12,55],[13,56],[13,55],[12,56],[12,55]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[12,55],[13,55],[13,91],[12,91],[12,55]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[12],[13],[13],[12]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[["12","55"],["13","55"],["13","56"],["12","55"]]]}}"#,
        #"{"area":{"type":"Polygon","coordinates":[[[true,false],[true,true],[false,true],[true,false]]]}}"#,
    ])
    func `that is no polygon is refused by its pointer`(body: String) async throws {
        let reply = try await Self.post(body)
        #expect(reply.status == 400)
        #expect(reply.problem == "invalid-body")
        let isObject = body.hasPrefix(#"{"area":{"#)
        let pointer = isObject ? "/area/coordinates" : body.hasPrefix("{") ? "/area" : ""
        #expect(reply.pointers.last == pointer, "\(reply.text)")
        let isKnown = body.contains("Polygon") || !isObject
        #expect(reply.pointers.count == (isKnown ? 1 : 2), "\(reply.text)")
    }

    @Test func `with something beside it is refused by the pointer of that`() async throws {
        let body = #"{"area":{"type":"Polygon","coordinates":[[[12,55],[13,55],[13,56],[12,55]]]},"colour":1}"#
        #expect(try await Self.post(body).pointers == ["/colour"])
    }

    @Test(arguments: [
        ("", 1), ("{", 1), (#"{"area":"#, 1), ("not json", 1), ("{\"area\":\u{1}}", 1), ("[", 60_000),
        (#"{"area":"#, 7_000),
        (#"{"area":{"type":"Polygon","coordinates":[[[12,1e999],[13,55],[13,56],[12,55]]]}}"#, 1),
    ])
    func `that is no JSON is refused, however deep`(body: String, times: Int) async throws {
        let reply = try await Self.post(String(repeating: body, count: times))
        #expect(reply.status == 400)
        #expect(reply["content-type"] == "application/problem+json")
        #expect(["invalid-body", "invalid-parameter"].contains(reply.problem))
    }

    @Test func `and a circle or a box contradict each other`() async throws {
        let body = Self.polygon(Self.square)
        #expect(try await Self.post(body, query: "radius_m=500").faults == ["radius_m"])
        #expect(try await Self.post(body, query: "bbox=12,55,13,56").faults == ["bbox"])
        #expect(try await Self.post(body, query: "area=x").faults == ["area"])
        #expect(try await Self.post(body, query: "lat=55").faults == ["lon"])
    }

    @Test(arguments: ["text/plain", "application/xml", "application/jsonp", "application/x-www-form-urlencoded"])
    func `must be sent as JSON`(type: String) async throws {
        let reply = try await Self.post(Self.polygon(Self.square), fields: ["Content-Type: \(type)"])
        #expect(reply.status == 415)
        #expect(reply.problem == "unsupported-media-type")
        for good in ["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=utf-8"] {
            let reply = try await Self.post(Self.polygon(Self.square), fields: ["Content-Type: \(good)"])
            #expect(reply.status == 200, "\(good)")
        }
    }

    @Test func `may have 64 KB, and the connection outlives a refusal or is closed`() async throws {
        let body = Self.polygon(Self.square)
        let padding = String(repeating: " ", count: 64 * 1024 - body.utf8.count)
        #expect(try await Self.post(body + padding).status == 200)
        let over = try await Self.post(body + padding + " ")
        #expect(over.status == 413)
        #expect(over.problem == "payload-too-large")
        // Chunked, so that the length is not known beforehand.
        let wire = try Wire(port: try await Door.shared().port)
        try await wire.send("POST \(Self.path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<80 { try? await wire.send("400\r\n\(String(repeating: " ", count: 1_024))\r\n") }
        try? await wire.send("0\r\n\r\n")
        #expect(try await wire.reply().status == 413)
    }
}
