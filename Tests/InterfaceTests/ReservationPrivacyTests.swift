import Foundation
import Harness
import Redis
import Testing

struct `A customer's name and contact` {
    private static let canaries = ["kunigunde", "kanarie", "5551234", "adelgunde"]

    @Test func `are in no log line at any level, no metric, no answer and no cache`() async throws {
        let backend = try await Backend.own()
        let salon = try await BookableSalon(in: backend)
        let customer =
            #""customer":{"name":"Kunigunde Kanarie","email":"Kunigunde@Kanarie.example","phone":"+45 555 1234"}"#
        try await Door.with(backend) { door in
            var replies: [Harness.Reply] = []
            func send(_ method: String, _ path: String, _ body: String?) async throws -> Harness.Reply {
                let reply = try await door.send(method, path, body, key: UUID().uuidString)
                replies.append(reply)
                return reply
            }
            let wish = salon.wish(by: salon.anna, at: salon.text(10))
            let booked = try await send("POST", "/v1/bookings", "{\(wish),\(customer)}")
            #expect(booked.status == 201)
            let id = booked.json["id"]?.string ?? ""
            // Taken, wrong in every way, and with the personal data where it does not belong.
            #expect(try await send("POST", "/v1/bookings", "{\(wish),\(customer)}").status == 409)
            for body in [
                "{\(wish),\(customer)", "{\(customer)}", "{\(wish),\(customer),\"party\":9}",
                "{\(wish),\(customer.replacing("@", with: " "))}", "{\(wish),\(customer.replacing("555", with: "x"))}",
                "{\(wish),\(customer.replacing("Kunigunde Kanarie", with: "Kunigunde\\u0000Kanarie"))}",
                #"{\#(wish),"customer":{"name":"Adelgunde Kanarie"}}"#,
                #"{\#(wish),"customer":"Adelgunde Kanarie"}"#,
                #"{"salon":"Kunigunde","service":"Kanarie","start":"Adelgunde",\#(customer)}"#,
            ] {
                let reply = try await send("POST", "/v1/bookings", body)
                #expect((400..<500).contains(reply.status), "\(body)")
            }
            _ = try await send("GET", "/v1/bookings/\(id)", nil)
            _ = try await send("PATCH", "/v1/bookings/\(id)", #"{"start":"\#(salon.text(12))"}"#)
            _ = try await send("DELETE", "/v1/bookings/\(id)", nil)
            _ = try await door.ask("/v1/bookings/Kunigunde%20Kanarie?adelgunde=1")
            replies.append(try await door.ask("/metrics"))
            replies.append(try await door.ask("/v1/salons/\(salon.id)/slots"))
            for reply in replies {
                for canary in Self.canaries {
                    #expect(!reply.text.lowercased().contains(canary), "\(reply.status): \(reply.text.prefix(300))")
                }
            }
        }
        #expect(backend.log.lines.contains { $0.contains("answered") && $0.contains("/v1/bookings/{id}") })
        for line in backend.log.lines {
            for canary in Self.canaries { #expect(!line.lowercased().contains(canary), "\(line)") }
        }
        let keys = try await backend.redis.send([["KEYS", "*"]])
        let texts = keys.flatMap { $0.elements ?? [] }.compactMap(\.text).joined(separator: "\n").lowercased()
        for canary in Self.canaries { #expect(!texts.contains(canary)) }
        try await backend.stop()
    }
}
