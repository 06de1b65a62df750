import Foundation
import HTTPKit
import Harness
import LocalServices
import Reservations
import Tenancy
import Testing

@Suite(.serialized)
struct `Reservations when the database fails` {
    @Test func `PostgreSQL killed is 503 that says to repeat, and the same key works when it is back`() async throws {
        let home = try makeTemporaryDirectory("reservations")
        var options = LocalPostgres.Options.disposable
        options.isDisposable = false
        // What was acknowledged must be there afterwards.
        options.settings["synchronous_commit"] = "on"
        var postgres = try await LocalPostgres.start(directory: home, options: options, logger: .silent)
        let url = postgres.url(database: "postgres")
        try await Backend.fill(url)
        var patience = ReservationsConfiguration()
        patience.patience = .seconds(1)
        let backend = try await Backend.own(databaseURL: url, waitDeadline: .seconds(1), patience: patience)
        let salon = try await BookableSalon(in: backend)
        var configuration = HTTPConfiguration()
        configuration.requestDeadline = .seconds(20)
        try await Door.with(backend, configuration: configuration) { door in
            let key = UUID().uuidString
            let body = salon.booking(by: salon.anna, at: salon.text(10))
            // With a credential that is known, the write itself is the first to miss the database.
            let tenant = try #require(salon.scope.tenant)
            let credential = try await backend.tenants.createPublishableKey(tenant: tenant, origins: [])
            let fields = ["Authorization: Bearer \(credential)"]
            let first = try await door.send(
                "POST", "/v1/bookings", salon.booking(by: salon.bo, at: salon.text(10)), key: UUID().uuidString,
                fields: fields)
            #expect(first.status == 201)
            #expect(try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56").status == 200)
            try await postgres.kill()

            let lost = try await door.send("POST", "/v1/bookings", body, key: key, fields: fields)
            #expect(lost.status == 503, "\(lost.text)")
            #expect(lost.problem == "outcome-unknown")
            #expect(lost.json["detail"]?.string?.contains("same Idempotency-Key") == true)
            // An erasure has no key to repeat.
            let id = try #require(first.json["id"]?.string)
            let erasure = try await door.send("DELETE", "/v1/bookings/\(id)/customer", fields: fields)
            #expect(erasure.problem == "outcome-unknown", "\(erasure.text)")
            #expect(erasure.json["detail"]?.string?.contains("Idempotency-Key") == false)
            #expect(lost["retry-after"] == "1")
            #expect(lost.text.contains("same Idempotency-Key"))
            for path in ["/v1/salons/\(salon.id)/slots", "/v1/bookings/\(first.json["id"]!.string!)"] {
                let reply = try await door.ask(path, fields: fields)
                #expect(reply.status == 503, "\(reply.text)")
                #expect(reply.problem == "unavailable")
                #expect(reply["retry-after"] == "1")
            }
            // Searches go on.
            #expect(try await door.ask("/v1/salons/nearby?lat=55.68&lon=12.56").status == 200)

            postgres = try await LocalPostgres.start(directory: home, options: options, logger: .silent)
            try await eventually {
                try await door.send("POST", "/v1/bookings", body, key: key, fields: fields).status < 500
            }
            let again = try await door.send("POST", "/v1/bookings", body, key: key, fields: fields)
            #expect(again.status == 200)
            #expect(again["idempotency-replayed"] == "true")

            // Now in the middle of some, and before others.
            let answered = Tally()
            @Sendable func book(_ number: Int) async throws {
                let key = UUID().uuidString
                let body = salon.booking(by: salon.carl, at: salon.text(8 + number / 2, number % 2 * 30))
                try await eventually {
                    let reply = try await door.send("POST", "/v1/bookings", body, key: key, fields: fields)
                    answered.add(1)
                    #expect([200, 201, 503].contains(reply.status), "\(reply.text)")
                    return reply.status < 500
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 { group.addTask { try await book(number) } }
                try await eventually { answered.value > 2 }
                try await postgres.kill()
                for number in 10..<20 { group.addTask { try await book(number) } }
                postgres = try await LocalPostgres.start(directory: home, options: options, logger: .silent)
                try await group.waitForAll()
            }
            #expect(backend.reservations.statistics.backstopHits == 0)
        }
        let live = try await Psql.run(
            "SELECT count(*) FROM occupancy WHERE salon_id = '\(salon.id)' AND live", at: url)
        #expect(live == "22")
        try await backend.stop()
        await postgres.stop()
        try? FileManager.default.removeItem(atPath: home)
    }

    @Test func `a write that is cut off by the deadline is 503, and its repetition tells what became of it`()
        async throws
    {
        let backend = try await Backend.own()
        let salon = try await BookableSalon(in: backend)
        var configuration = HTTPConfiguration()
        configuration.requestDeadline = .milliseconds(700)
        try await Door.with(backend, configuration: configuration) { door in
            let body = salon.booking(by: salon.anna, at: salon.text(10))
            let key = UUID().uuidString
            // Somebody changes Anna's calendar and takes long.
            let blocker = Task {
                try await Psql.run(
                    "BEGIN; SET LOCAL app.tenant_id = '\(salon.scope.tenant!)'; "
                        + "SELECT lock_staff(ARRAY['\(salon.anna)'::uuid], true); SELECT pg_sleep(4); COMMIT",
                    at: backend.store.ownerURL)
            }
            try await eventually {
                try await Psql.run(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND objsubid = 2",
                    at: backend.store.ownerURL) != "0"
            }
            let cut = try await door.send("POST", "/v1/bookings", body, key: key)
            #expect(cut.status == 503, "\(cut.text)")
            #expect(cut.problem == "outcome-unknown")
            #expect(cut["retry-after"] == "1")
            _ = try await blocker.value
            try await eventually {
                try await door.send("POST", "/v1/bookings", body, key: key).status < 500
            }
            let again = try await door.send("POST", "/v1/bookings", body, key: key)
            #expect(again["idempotency-replayed"] == "true")
            let live = try await Psql.run(
                "SELECT count(*) FROM occupancy WHERE staff_id = '\(salon.anna)' AND live", at: backend.store.ownerURL)
            #expect(live == "1")
        }
        try await backend.stop()
    }

    @Test func `overload refuses searches before bookings`() async throws {
        let (backend, _) = try await BookableSalon.stage()
        let (salon, _) = try await BookableSalon.new()
        let resolver = HeldResolver()
        let configuration = HTTPConfiguration(maximumRequestsInFlight: 2)
        try await Door.with(backend, configuration: configuration, resolver: resolver) { door in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 { group.addTask { try await door.ask("/v1/salons/\(salon.id)/slots").status } }
                try await eventually { resolver.count == 2 }
                for path in ["/v1/salons/\(salon.id)/slots", "/v1/salons/nearby?lat=1&lon=1"] {
                    #expect(try await door.ask(path).problem == "overloaded")
                }
                #expect(try await door.send("POST", "/v1/availability:lookup", "{}").problem == "overloaded")
                for number in 3...4 {
                    group.addTask {
                        try await door.send(
                            "POST", "/v1/bookings", salon.booking(at: salon.text(7 + number)), key: UUID().uuidString
                        ).status
                    }
                    try await eventually { resolver.count == number }
                }
                let refused = try await door.send("POST", "/v1/bookings", "{}", key: "k")
                #expect(refused.status == 503)
                #expect(refused.problem == "overloaded")
                resolver.release()
                let statuses = try await group.reduce(into: [Int]()) { $0.append($1) }
                #expect(statuses.sorted() == [200, 200, 201, 201])
            }
        }
    }
}
