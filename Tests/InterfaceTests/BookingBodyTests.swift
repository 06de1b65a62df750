import Foundation
import Harness
import Testing

struct `Bodies of reservations` {
    private static let id = "00000000-0000-4000-8000-000000000000"
    private static let at = "2026-12-24T10:00:00+01:00"
    private static let who = #""customer":{"name":"N","email":"a@b.example"}"#
    private static let wish = #""salon":"\#(id)","service":"\#(id)","start":"\#(at)""#

    private static func step(_ members: String) -> String {
        #"{"salon":"\#(id)","steps":[{"service":"\#(id)","start":"\#(at)"},\#(members)],\#(who)}"#
    }

    @Test(
        arguments: [
            ("", nil), ("{", nil), ("[1", nil), ("{\(wish),\(who)}}", nil), ("\u{FEFF}nonsense", nil), ("[]", [""]),
            ("null", [""]), ("1", [""]), ("\"text\"", [""]),
            ("{}", ["/customer", "/salon", "/service", "/start"]),
            ("{\(who)}", ["/salon", "/service", "/start"]), ("{\(wish)}", ["/customer"]),
            ("{\(wish),\(who),\"note\":\"x\"}", ["/note"]), ("{\(wish),\(who),\"a/b~c\":1}", ["/a~1b~0c"]),
            (#"{"salon":"x","service":5,"start":"soon",\#(who)}"#, ["/salon", "/service", "/start"]),
            (#"{"salon":null,"service":"\#(id)","start":"2026-12-24T10:00:00",\#(who)}"#, ["/salon", "/start"]),
            ("{\(wish),\"staff\":\"anna\",\(who)}", ["/staff"]),
            ("{\(wish),\"staff\":null,\(who)}", ["/staff"]),
            ("{\(wish),\"party\":0,\(who)}", ["/party"]), ("{\(wish),\"party\":9,\(who)}", ["/party"]),
            ("{\(wish),\"party\":1.5,\(who)}", ["/party"]), ("{\(wish),\"party\":true,\(who)}", ["/party"]),
            ("{\(wish),\"party\":\"2\",\(who)}", ["/party"]),
            ("{\(wish),\"party\":2,\"staff\":\"\(id)\",\(who)}", ["/staff"]),
            ("{\(wish),\"steps\":[],\(who)}", ["/service", "/start", "/steps"]),
            (step(#"{"service":"\#(id)"}"#), ["/steps/1/start"]),
            (step(#"{"service":"\#(id)","start":"\#(at)","salon":"\#(id)"}"#), ["/steps/1/salon"]),
            (step(#"{"service":"x","start":"\#(at)","staff":1}"#), ["/steps/1/service", "/steps/1/staff"]),
            (step("null"), ["/steps/1"]), (step("[]"), ["/steps/1"]),
            (step(Array(repeating: "{}", count: 8).joined(separator: ",")), ["/steps"]),
            ("{\(wish),\"customer\":{}}", ["/customer", "/customer/name"]),
            ("{\(wish),\"customer\":[]}", ["/customer"]),
            ("{\(wish),\"customer\":{\"name\":\"N\"}}", ["/customer"]),
            ("{\(wish),\"customer\":{\"name\":\" \",\"phone\":\"+4512345678\"}}", ["/customer/name"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"a\"}}", ["/customer/email"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"phone\":\"123\"}}", ["/customer/phone"]),
            ("{\(wish),\"customer\":{\"name\":\"a\\nb\",\"phone\":\"+4512345678\"}}", ["/customer/name"]),
            ("{\(wish),\"customer\":{\"name\":\"a\\u0000\",\"phone\":\"+4512345678\"}}", ["/customer/name"]),
            (
                "{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"a@b\",\"age\":5}}",
                ["/customer/age"]
            ),
            ("{\(wish),\"customer\":{\"name\":\"\\u200b\",\"phone\":\"+4512345678\"}}", ["/customer/name"]),
            ("{\(wish),\"customer\":{\"name\":\"a\\u202eb\",\"phone\":\"+4512345678\"}}", ["/customer/name"]),
            (
                "{\(wish),\"customer\":{\"name\":\"e\(String(repeating: "\u{301}", count: 200))\",\"phone\":\"12345\"}}",
                ["/customer/name"]
            ),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"<a@b.example>\"}}", ["/customer/email"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"a,b@c.d\"}}", ["/customer/email"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"\\u212aim@b.example\"}}", ["/customer/email"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"email\":\"a@blå.example\"}}", ["/customer/email"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"phone\":\"+451\u{301}2345678\"}}", ["/customer/phone"]),
            ("{\(wish),\"customer\":{\"name\":\"N\",\"phone\":\"+45１２３４５678\"}}", ["/customer/phone"]),
            ("{\(wish),\(who),\"recurrence\":{}}", ["/recurrence/count", "/recurrence/every_weeks"]),
            (
                "{\(wish),\(who),\"recurrence\":{\"every_weeks\":0,\"count\":1}}",
                ["/recurrence/count", "/recurrence/every_weeks"]
            ),
            (
                "{\(wish),\(who),\"recurrence\":{\"every_weeks\":53,\"count\":61}}",
                ["/recurrence/count", "/recurrence/every_weeks"]
            ),
            ("{\(wish),\(who),\"party\":2,\"recurrence\":{\"every_weeks\":1,\"count\":2}}", ["/recurrence"]),
            ("{\"hold\":\"x\",\(who)}", ["/hold"]), ("{\"hold\":\"\(id)\"}", ["/customer"]),
            ("{\"hold\":\"\(id)\",\(wish),\(who)}", ["/salon", "/service", "/start"]),
        ] as [(String, [String]?)])
    func `a booking's body that is wrong is refused, every wrong member pointed to`(
        body: String, pointers: [String]?
    ) async throws {
        let contract = try await Contract.served()
        let reply = try await Door.shared().send("POST", "/v1/bookings", body, key: "k")
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.problem == "invalid-body")
        #expect(reply.pointers.sorted() == pointers ?? [""], "\(reply.text)")
        #expect(contract.faults(reply.json, ["$ref": "#/components/schemas/Problem"]) == [])
    }

    @Test(arguments: [
        ("{}", ["/start"]), (#"{"start":"x"}"#, ["/start"]), (#"{"start":"\#(at)","version":0}"#, ["/version"]),
        (#"{"start":"\#(at)","version":"1"}"#, ["/version"]), (#"{"start":"\#(at)","note":1}"#, ["/note"]),
        (#"{"start":"\#(at)","steps":[{"start":"\#(at)"}]}"#, ["/start"]), (#"{"steps":[]}"#, ["/steps"]),
        (#"{"steps":[{"start":"\#(at)","service":"\#(id)"}]}"#, ["/steps/0/service"]),
        (#"{"steps":[{"staff":"\#(id)"}]}"#, ["/steps/0/start"]), (#"{"status":"booked"}"#, ["/start", "/status"]),
    ])
    func `a move's body that is wrong is refused before the booking is looked for`(
        body: String, pointers: [String]
    ) async throws {
        let reply = try await Door.shared().send("PATCH", "/v1/bookings/\(Self.id)", body, key: "k")
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.problem == "invalid-body")
        #expect(reply.pointers.sorted() == pointers)
    }

    @Test(arguments: [
        ("{}", ["/offers"]), (#"{"offers":[]}"#, ["/offers"]), (#"{"offers":{}}"#, ["/offers"]),
        (#"{"offers":[{}]}"#, ["/offers/0/salon", "/offers/0/service", "/offers/0/start"]),
        (#"{"offers":[{\#(wish)},{\#(wish),"x":1}]}"#, ["/offers/1/x"]),
        (#"{"offers":[{\#(wish)}],"consistency":"strong"}"#, ["/consistency"]),
        (#"{"offers":[\#(Array(repeating: "{\(wish)}", count: 101).joined(separator: ","))]}"#, ["/offers"]),
    ])
    func `a look-up that is wrong is refused`(body: String, pointers: [String]) async throws {
        let reply = try await Door.shared().send("POST", "/v1/availability:lookup", body)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.pointers.sorted() == pointers)
    }

    @Test(arguments: [
        ("POST", "/v1/holds"), ("POST", "/v1/bookings"), ("PATCH", "/v1/bookings/\(id)"),
        ("POST", "/v1/availability:lookup"),
    ])
    func `a body that is too large or of another type is refused`(method: String, path: String) async throws {
        let door = try await Door.shared()
        let large = #"{"salon":"\#(String(repeating: "x", count: 65_536))"}"#
        let refused = try await door.send(method, path, large, key: "k")
        #expect(refused.status == 413)
        #expect(refused.problem == "payload-too-large")
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/json+x", ""] {
            let reply = try await door.ask(
                path, method: method, fields: ["Idempotency-Key: k", "Content-Type: \(type)"], body: Array("{}".utf8))
            #expect(reply.status == 415, "\(type)")
            #expect(reply.problem == "unsupported-media-type")
        }
        let charset = try await door.ask(
            path, method: method, fields: ["Idempotency-Key: k", "Content-Type: Application/JSON; charset=utf-8"],
            body: Array("{}".utf8))
        #expect(charset.problem == "invalid-body")
        let query = try await door.send(method, "\(path)?tenant=x", "{}", key: "k")
        #expect(query.status == 400)
        #expect(query.faults == ["tenant"])
    }
}
