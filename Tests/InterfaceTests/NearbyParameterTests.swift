import Foundation
import Harness
import Testing

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
