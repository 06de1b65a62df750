import Foundation
import Harness
import Testing

struct `A salon of one's own` {
    @Test func `is imported, set up, found, and booked`() async throws {
        let running = try await RunningProgram(["--empty"])
        do {
            for word in ["salons tenant create", "salons import", "salons calendar apply"] {
                #expect(running.greeting.contains(word))
            }
            try await story(running)
        } catch {
            try await running.stop()
            throw error
        }
        try await running.stop()
    }

    private func story(_ running: RunningProgram) async throws {
        func shell(_ script: String) async throws -> String {
            let result = try await running.shell(script)
            #expect(result.status == 0, "\(script): \(result.output)")
            return result.output
        }
        let made = try await shell(
            "salons tenant create mine --country DK --origin https://a.example --host mine.example")
        let key = try #require(made.firstMatch(of: #/pk_[A-Za-z0-9_-]+/#)).output
        try write("source_ref,name,lat,lon\n7,Salon Syv,55.6761,12.5683\n", "salons.csv", running)
        _ = try await shell("salons import salons.csv --tenant mine")

        // Before it has a calendar, it is said how it gets one.
        let none = try await running.shell("salons slots 'Salon Syv'")
        #expect(none.status != 0 && none.output.contains("salons calendar apply FILE --tenant"))

        try write(
            """
            {"salons": [{"salon": {"name": "Salon Syv"}, "closed_on_holidays": false,
              "services": [{"name": "Klip", "category": "haircut", "duration_min": 30}],
              "people": [{"name": "Eva", "services": ["Klip"],
                "hours": [{"days": "Mo-Su", "from": "00:00", "to": "24:00"}]}]}]}
            """, "calendar.json", running)
        #expect(try await shell("salons calendar apply calendar.json --tenant mine --dry-run").contains("would change"))
        #expect(try await shell("salons calendar apply calendar.json --tenant mine").contains("1 of 1 salons changed"))
        let again = try await shell("salons calendar apply calendar.json --tenant mine")
        #expect(again.contains("0 of 1 salons changed"))
        let export = try await shell("salons calendar export --tenant mine > export.json; cat export.json")
        #expect(export.contains("\"Klip\""))
        #expect(
            try await shell("salons calendar apply export.json --tenant mine --prune").contains("0 of 1 salons changed")
        )

        // The running instance hears of all of it.
        let search = "\(running.address)/v1/salons/available?lat=55.6761&lon=12.5683&service=haircut&limit=1"
        let found = try await eventually {
            try await shell("curl -sS '\(search)'")
        } until: {
            $0.contains("next_free_at")
        }
        let salon = try #require(found.firstMatch(of: #/"id":"([^"]+)"/#)).1
        let service = try #require(found.firstMatch(of: #/"next_free_service":"([^"]+)"/#)).1
        let slots = try await shell("curl -sS '\(running.address)/v1/salons/\(salon)/slots?service=\(service)'")
        // Not the first, which may have begun by the time that it is booked.
        let starts = slots.matches(of: #/"start":"([^"]+)"/#).map(\.1)
        #expect(starts.count > 2)
        let start = starts[min(2, starts.count - 1)]
        let body =
            #"{"salon":"\#(salon)","service":"\#(service)","start":"\#(start)","#
            + #""customer":{"name":"Ida","email":"ida@example.com"}}"#
        let booked = try await shell(
            "curl -sS \(running.address)/v1/bookings -H 'Content-Type: application/json' "
                + "-H 'Idempotency-Key: one' -d '\(body)'")
        #expect(booked.contains(#""status":"booked""#))
        #expect(try await shell("salons calendar Eva").contains("Eva in Salon Syv"))

        // A revoked key ends at the running instance at once: well before its lookup would be forgotten.
        let asked =
            "curl -sS -o /dev/null -w '%{http_code}' '\(running.address)/v1/salons/nearby?lat=55&lon=12' "
            + "-H 'Authorization: Bearer \(key)'"
        #expect(try await shell(asked) == "200")
        let revoked = ContinuousClock.now
        _ = try await shell("salons key revoke \(key)")
        try await eventually {
            try await shell(asked)
        } until: {
            $0 == "401"
        }
        #expect(ContinuousClock.now - revoked < .seconds(20))
    }

    private func write(_ text: String, _ name: String, _ running: RunningProgram) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(running.directory)/\(name)"))
    }
}
