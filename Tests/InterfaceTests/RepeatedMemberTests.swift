import Harness
import Testing

/// A body in which a member is given twice is refused wherever that is, and names the place.
struct `A member that is given twice` {
    private static let id = "00000000-0000-4000-8000-000000000000"
    private static let start = #""start":"2030-01-02T10:00:00Z""#
    private static let customer = #""customer":{"name":"a","email":"a@b.example"}"#
    private static let ring = "[[[12.5,55.6],[12.6,55.6],[12.6,55.7],[12.5,55.6]]]"

    @Test(arguments: [
        ("POST", "/v1/holds", #"{"salon":"\#(id)","service":"\#(id)",\#(start),\#(start)}"#, ["/start"]),
        ("POST", "/v1/holds", #"{"salon":"\#(id)","service":"\#(id)",\#(start),"st\u0061rt":1}"#, ["/start"]),
        (
            "POST", "/v1/holds", #"{"salon":"\#(id)","steps":[{"service":"x",\#(start)},{"service":1,"service":2}]}"#,
            ["/steps/1/service"]
        ),
        (
            "POST", "/v1/bookings",
            #"{"salon":"\#(id)","customer":{"name":"a","name":"b","x":{"y":1,"y":2}},"salon":"\#(id)"}"#,
            ["/customer/name", "/customer/x/y", "/salon"]
        ),
        ("POST", "/v1/bookings", #"{"hold":"\#(id)","hold":"\#(id)",\#(customer)}"#, ["/hold"]),
        ("PATCH", "/v1/bookings/\(id)", #"{"version":1,\#(start),"version":1}"#, ["/version"]),
        ("POST", "/v1/availability:lookup", #"{"offers":[],"offers":[]}"#, ["/offers"]),
        (
            "POST", "/v1/availability:lookup", #"{"offers":[{"salon":"\#(id)","salon":"\#(id)"}]}"#,
            ["/offers/0/salon"]
        ),
        (
            "POST", "/v1/salons/nearby", #"{"area":{"type":"Polygon","type":"Polygon","coordinates":\#(ring)}}"#,
            ["/area/type"]
        ),
        ("POST", "/v1/salons/nearby", #"{"area":{},"area":{"type":"Polygon","coordinates":\#(ring)}}"#, ["/area"]),
        ("POST", "/v1/holds", #"{"a~/b":1,"a~\/b":2}"#, ["/a~0~1b"]),
    ])
    func `is refused by its pointer`(method: String, path: String, body: String, pointers: [String]) async throws {
        let reply = try await Door.shared().send(method, path, body, key: "repeated")
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.problem == "invalid-body")
        // What else is wrong is told as well, and nothing twice.
        #expect(Array(reply.pointers.prefix(pointers.count)) == pointers, "\(reply.text)")
        #expect(Set(reply.pointers).count == reply.pointers.count, "\(reply.text)")
    }

    @Test(arguments: [
        "{", "{}}", "[1,]", #"{"a":01}"#, #"{"a":1.}"#, #"{"a":"\x"}"#, #"{"a":"\ud800"}"#, "{\"a\":\"\n\"}",
        #"{"a":nul}"#, #"{'a':1}"#, "", " ", "{\"a\":1}\u{0}", "\u{FEFF}{}", #"{"a":+1}"#, #"{"a":NaN}"#,
        String(repeating: "[", count: 30_000) + String(repeating: "]", count: 30_000),
    ])
    func `is not looked for in what is no JSON`(body: String) async throws {
        for (path, method) in [("/v1/holds", "POST"), ("/v1/salons/nearby", "POST")] {
            let reply = try await Door.shared().send(method, path, body, key: "no-json")
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.problem == "invalid-body", "\(reply.text)")
        }
    }

    @Test func `is told for the first twenty only, with the number of all`() async throws {
        let members = (0..<4_500).map { #""u\#($0)":1"# }.joined(separator: ",")
        let twice = (0..<2_000).map { #""u\#($0)":1,"u\#($0)":1"# }.joined(separator: ",")
        for (body, count) in [("{\(members)}", 4_500), ("{\(twice)}", 2_000)] {
            #expect(body.utf8.count < 65_536)
            let reply = try await Door.shared().send("POST", "/v1/holds", body, key: "many")
            #expect(reply.status == 400)
            #expect(reply.pointers.count == 20)
            #expect(reply.json["error_count"]?.number ?? 0 >= Double(count))
            #expect(reply.body.count < 16_384, "\(reply.body.count)")
            let contract = try await Contract.served()
            #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
        }
    }

    @Test func `and long names make no long answer`() async throws {
        let accents = "a" + String(repeating: "\u{301}", count: 20_000)
        for name in [String(repeating: "x", count: 40_000), accents] {
            let reply = try await Door.shared().send("POST", "/v1/holds", #"{"\#(name)":1}"#, key: "long")
            #expect(reply.status == 400)
            #expect(reply.body.count < 2_000, "\(reply.body.count)")
        }
        let query = (0..<200).map { "\(String(repeating: "y", count: 60))\($0)=1" }.joined(separator: "&")
        let reply = try await Door.shared().ask("/v1/salons/nearby?\(query)")
        #expect(reply.status == 400)
        #expect(reply.faults.count == 20)
        #expect(reply.body.count < 16_384)
        let word = String(repeating: "z", count: 12_000)
        #expect(try await Door.shared().ask("/v1/salons/nearby?lat=1&lon=1&category=\(word)").body.count < 2_000)
    }
}
