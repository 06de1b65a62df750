import Harness
import Testing

/// A time that no clock shows is refused, never carried over into another.
struct `A time that there is not` {
    static let refused = [
        "2027-03-01T15:29:60Z", "2027-03-01T15:29:60+01:00", "2026-12-31T23:59:60Z", "2027-03-01T15:60:00Z",
        "2027-03-01T24:00:00Z", "2027-02-29T10:00:00Z", "2027-02-30T10:00:00Z", "2027-04-31T10:00:00Z",
        "2027-00-10T10:00:00Z", "2027-13-10T10:00:00Z", "2027-01-00T10:00:00Z", "2027-01-32T10:00:00Z",
        "2027-03-01T10:00:00+99:99", "2027-03-01T10:00:00+24:00", "2027-03-01T10:00:00+01:60",
        "2027-03-01T10:00:00-99:00", "2027-03-01T15:29:59.9999999Z", "2027-03-01T15:29:59.99999999999999Z",
        "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2027-03-01T10:00:00.Z", "2027-03-01T10:00:00",
        "2027-3-1T10:00:00Z", "2027-03-01T1:00:00Z", "2027-03-01T٠٩:00:00Z", "2027-03-01T10:00:00+1:00",
        "2027-03-01T10:00:00+0100", "2027-03-01T-1:00:00Z", "2027-03-01T10:00:00 Z", "2027-03-01T10:00:00Z ",
    ]

    @Test(arguments: refused) func `is refused in a query`(text: String) async throws {
        let door = try await Door.shared()
        let id = "00000000-0000-4000-8000-000000000000"
        for (target, name) in [
            ("/v1/salons/nearby?lat=55&lon=12&open_at=", "open_at"),
            ("/v1/salons/available?lat=55&lon=12&to=2027-03-05T10:00:00Z&from=", "from"),
            ("/v1/salons/available?lat=55&lon=12&from=2027-03-05T10:00:00Z&to=", "to"),
            ("/v1/salons/\(id)/slots?from=", "from"), ("/v1/salons/\(id)/slots?to=", "to"),
        ] {
            let reply = try await door.ask(target + encoded(text))
            #expect(reply.status == 400, "\(target) \(reply.text)")
            #expect(reply.faults == [name], "\(reply.text)")
        }
    }

    @Test(arguments: refused) func `is refused in a body`(text: String) async throws {
        let id = "00000000-0000-4000-8000-000000000000"
        for (path, body, pointer) in [
            ("/v1/holds", #"{"salon":"\#(id)","service":"\#(id)","start":"\#(text)"}"#, "/start"),
            (
                "/v1/holds", #"{"salon":"\#(id)","steps":[{"service":"\#(id)","start":"\#(text)"}]}"#,
                "/steps/0/start"
            ),
            (
                "/v1/availability:lookup",
                #"{"offers":[{"salon":"\#(id)","service":"\#(id)","start":"\#(text)"}]}"#, "/offers/0/start"
            ),
        ] {
            let reply = try await Door.shared().send("POST", path, body, key: "time")
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.pointers == [pointer])
        }
    }

    @Test(arguments: [
        "2027-03-01T15:29:59.999999Z", "2027-03-01T15:29:59.5000000000Z", "2028-02-29t23:59:59z",
        "2027-03-01T10:00:00-00:00", "2027-03-01T10:00:00+23:59", "0001-01-02T00:00:00Z", "9998-12-31T23:59:59Z",
    ])
    func `is not one that there is`(text: String) async throws {
        let reply = try await Door.shared().ask("/v1/salons/nearby?lat=55&lon=12&open_at=\(encoded(text))")
        #expect(reply.status == 200, "\(reply.text)")
    }

    @Test func `is told apart from one that is written otherwise`() async throws {
        func detail(_ text: String) async throws -> String {
            let reply = try await Door.shared().ask("/v1/salons/nearby?lat=55&lon=12&open_at=\(encoded(text))")
            return reply.json["errors"]?.array?.first?["detail"]?.string ?? ""
        }
        #expect(try await detail("2027-02-30T10:00:00Z").contains("a day that is in no calendar"))
        #expect(try await detail("2027-02-20T10:00:60Z").contains("a time that no clock shows"))
        #expect(try await detail("2027-02-20").contains("RFC 3339"))
    }
}
