import ArgumentParser
import CalendarFiles
import Calendars
import Foundation
import Reservations
import Salons
import Scheduling
import Tenancy
import Testing

@testable import salons

struct `Calendars from a file` {
    private struct Files {
        let world: DemoWorld
        let directory: String

        init(salons: Int = 3) async throws {
            world = try await DemoWorld(salons: salons)
            directory = NSTemporaryDirectory() + "salons-calendar-\(UUID())"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }

        var place: [String] { ["--tenant", DemoWorld.tenant, "--database-url", world.url, "--redis-url", ""] }

        func write(_ text: String, _ name: String = "calendar.json") throws -> String {
            let path = "\(directory)/\(name)"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return path
        }

        func apply(_ text: String, _ flags: String...) async throws {
            let path = try write(text)
            try await CalendarApplyCommand.parse([path] + flags + place).run()
        }

        func export() async throws -> String {
            let path = "\(directory)/export.json"
            try await CalendarExportCommand.parse(["--output", path] + place).run()
            return try String(contentsOfFile: path, encoding: .utf8)
        }

        /// Everything that a change would raise or add to.
        func trace() async throws -> String {
            try await world.sql(
                """
                SELECT (SELECT count(*) FROM outbox), (SELECT sum(revision) FROM calendar),
                    (SELECT sum(availability_epoch) FROM staff), (SELECT count(*) FROM working_hours)
                """)
        }

        func close() async {
            try? FileManager.default.removeItem(atPath: directory)
            await world.graph.close()
        }
    }

    private func file(_ salon: Salon, _ members: String) -> String {
        let reference = salon.profile.source.reference
        return "{\"salons\": [{\"salon\": {\"ref\": \"\(reference)\"}, \(members)}]}"
    }

    private static let members = #"""
        "closed_on_holidays": false, "cancellation_window_min": 1440,
        "services": [{"ref": "cut", "name": "Klip", "category": "haircut", "duration_min": 30, "buffer_before_min": 5,
            "buffer_after_min": 10, "price": {"amount": 32500, "currency": "DKK"}, "minimum_notice_min": 60,
            "horizon_days": 60, "slot_step_min": 20},
          {"name": "Farve", "category": "colour", "duration_min": 90}],
        "people": [{"ref": "eva", "name": "Eva", "services": ["cut", {"service": "Farve", "duration_min": 75}],
            "hours": [{"days": "Mo-Su", "from": "00:00", "to": "24:00"}]},
          {"name": "Bo", "services": ["cut"], "hours": []}],
        "exceptions": [{"kind": "closed", "first_date": "2040-12-24", "last_date": "2040-12-26"},
          {"kind": "open", "first_date": "2040-12-22", "from": "10:00", "to": "16:00", "person": "Bo"}]
        """#

    @Test func `are made once, and changed by what changed in the file`() async throws {
        let files = try await Files()
        let salon = try #require(try await files.world.salons().first)
        try await files.apply(file(salon, Self.members), "--dry-run")
        #expect(try await files.world.sql("SELECT count(*) FROM calendar") == "0")
        try await files.apply(file(salon, Self.members))
        let roster = try await files.world.graph.calendars.rosters(of: [salon.id], scope: files.world.scope)[salon.id]
        #expect(roster?.services.map(\.name) == ["Klip", "Farve"] && roster?.staff.map(\.name) == ["Eva", "Bo"])
        #expect(roster?.isClosedOnHolidays == false && roster?.cancellationWindow == 1_440)
        #expect(roster?.exceptions.count == 2 && roster?.staff[0].hours.count == 7)

        let before = try await files.trace()
        try await files.apply(file(salon, Self.members))
        #expect(try await files.trace() == before)

        // A new name under the same ref, nothing twice.
        let renamed = Self.members.replacing("\"Klip\"", with: "\"Herreklip\"").replacing("\"Eva\"", with: "\"Eva B\"")
        try await files.apply(file(salon, renamed), "--dry-run")
        #expect(try await files.trace() == before)
        try await files.apply(file(salon, renamed))
        #expect(try await files.trace() != before)
        #expect(
            try await files.world.sql("SELECT string_agg(name, ',' ORDER BY name) FROM service") == "Farve,Herreklip")
        #expect(try await files.world.sql("SELECT string_agg(name, ',' ORDER BY name) FROM staff") == "Bo,Eva B")
        await files.close()
    }

    @Test func `come out as they went in`() async throws {
        let files = try await Files(salons: 40)
        // Invented ones have a bit of everything, and no refs.
        _ = try await files.world.load()
        let salon = try #require(try await files.world.salons().first)
        try await files.apply(file(salon, Self.members))
        let text = try await files.export()
        #expect(try CalendarFile(Array(text.utf8)).salons.count == 40)
        for part in ["\"cut\"", "\"buffer_before_min\": 5", "\"2040-12-26\""] { #expect(text.contains(part)) }
        let before = try await files.trace()
        try await files.apply(text, "--prune")
        #expect(try await files.trace() == before)
        // What was invented stays invented when nothing changes, and is no demonstration's once somebody set it up.
        #expect(try await files.world.sql("SELECT count(*) FROM calendar WHERE is_invented") == "39")
        await files.close()
    }

    @Test func `change nothing when anything is wrong, and tell all of it`() async throws {
        let files = try await Files()
        let salons = try await files.world.salons()
        let good = "{\"salon\": {\"id\": \"\(salons[0].id)\"}, \(Self.members)}"
        let bad = "{\"salon\": {\"id\": \"\(salons[1].id)\"}, \"services\": [{\"name\": \"Perm\"}]}"
        let missing = "{\"salon\": {\"ref\": \"nowhere\"}}"
        let twice = "{\"salon\": {\"name\": \"\(salons[0].profile.name)\"}}"
        let error = await #expect(throws: CommandError.self) {
            try await files.apply("{\"salons\": [\(good), \(bad), \(missing), \(twice)]}")
        }
        let lines = error?.description.split(separator: "\n").map { $0.drop { $0 == " " } } ?? []
        #expect(lines.first == "nothing was changed, because 4 things are wrong:")
        for pointer in [
            "/salons/1/services/0/category", "/salons/1/services/0/duration_min", "/salons/2/salon", "/salons/3/salon",
        ] {
            #expect(lines.contains { $0.hasPrefix("\(pointer) ") }, "\(pointer) in \(lines)")
        }
        #expect(try await files.world.sql("SELECT count(*) FROM calendar") == "0")
        await files.close()
    }

    @Test func `belong to the tenant's salons only`() async throws {
        let files = try await Files()
        let salon = try #require(try await files.world.salons().first)
        let slug = try #require(TenantSlug("anden"))
        _ = try await files.world.graph.tenants.create(slug: slug, name: "Anden", country: "DK")
        let path = try files.write("{\"salons\": [{\"salon\": {\"id\": \"\(salon.id)\"}}]}")
        let error = await #expect(throws: CommandError.self) {
            try await CalendarApplyCommand.parse(
                [path, "--tenant", "anden", "--database-url", files.world.url, "--redis-url", ""]
            ).run()
        }
        #expect(error?.description.contains("/salons/0/salon names no salon of this tenant") == true)
        await files.close()
    }

    @Test func `lose people only when told to, and never those whom a booking expects`() async throws {
        let files = try await Files()
        let world = files.world
        let salon = try #require(try await world.salons().first)
        try await files.apply(file(salon, Self.members))
        let (roster, offers) = try await world.offers()
        #expect(roster.salon == salon.id)
        let visit = Visit(
            salon: salon.id,
            steps: [.init(service: offers[1].service, staff: offers[1].staff, start: offers[1].start)])
        let outcome = try await world.graph.reservations.book(
            visit, customer: Customer(name: "Ida", email: "ida@example.com", phone: nil), scope: world.scope,
            key: .fresh())
        let booking = try #require(outcome.booking)
        let alone = #""services": [], "people": [{"name": "Bo"}]"#
        try await files.apply(file(salon, alone))
        #expect(try await world.sql("SELECT count(*) FROM staff") == "2")
        let error = await #expect(throws: CommandError.self) { try await files.apply(file(salon, alone), "--prune") }
        #expect(error?.description.contains("does not name Eva, whom a booking expects") == true)
        #expect(try await world.sql("SELECT count(*) FROM service") == "2")

        // Services go, and what is booked of them stays.
        let people = #""services": [], "people": [{"name": "Bo"}, {"ref": "eva"}], "exceptions": []"#
        try await files.apply(file(salon, people), "--prune")
        #expect(try await world.sql("SELECT count(*) FROM service") == "0")
        #expect(try await world.sql("SELECT count(*) FROM schedule_exception") == "0")
        #expect(try await world.graph.reservations.booking(booking.id, scope: world.scope)?.status == .booked)
        _ = try await world.graph.reservations.cancel(
            booking.id, scope: world.scope, key: .fresh())
        try await files.apply(file(salon, alone), "--prune")
        #expect(try await world.sql("SELECT name FROM staff") == "Bo")
        await files.close()
    }

    @Test func `that somebody changed meanwhile are not overwritten with what was read before`() async throws {
        let files = try await Files()
        let salon = try #require(try await files.world.salons().first)
        try await files.apply(file(salon, Self.members))
        let editor = CalendarEditor(files.world.graph.database, scope: files.world.scope)
        let state = try #require(try await editor.states(of: [salon.id])[salon.id])
        var change = CalendarChange(salon: salon.id, revision: state.revision)
        change.settings = .init(isClosedOnHolidays: true, cancellationWindow: 5)
        try await editor.apply(change)
        await #expect(throws: CalendarError.self) { try await editor.apply(change) }
        #expect(try await files.world.sql("SELECT cancellation_window FROM calendar") == "5")
        await files.close()
    }

    @Test func `are what a salon without one is told to get`() async throws {
        let world = try await DemoWorld(salons: 1)
        let salon = try #require(try await world.salons().first)
        let error = await #expect(throws: CommandError.self) {
            try await SlotsCommand.parse(["\(salon.id)", "--database-url", world.url, "--redis-url", ""]).run()
        }
        #expect(error?.description.contains("salons calendar apply FILE --tenant") == true)
        await world.graph.close()
    }

    @Test func `leave the week of a person where it was`() throws {
        #expect(try SalonsCommand.parseAsRoot(["calendar", "Eva"]) is CalendarWeekCommand)
        #expect(try SalonsCommand.parseAsRoot(["calendar", "week", "Eva"]) is CalendarWeekCommand)
        #expect(try SalonsCommand.parseAsRoot(["calendar", "apply", "f", "--tenant", "t"]) is CalendarApplyCommand)
    }
}
