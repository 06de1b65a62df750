import ArgumentParser
import Catalogue
import Foundation
import Salons
import Scheduling
import Tenancy
import Testing

@testable import salons

struct `Bookings from the command line` {
    @Test func `are made, moved, cancelled and forgotten`() async throws {
        let world = try await DemoWorld(salons: 20)
        _ = try await world.load()
        let (roster, offers) = try await world.offers()
        let place = ["--tenant", DemoWorld.tenant, "--database-url", world.url, "--redis-url", ""]
        let wish = [
            "\(roster.salon)", "--service", "\(offers[0].service)", "--staff", "\(offers[0].staff)", "--at",
            offers[0].start.formatted(.iso8601), "--name", "Eva", "--email", "Eva@Example.com",
        ]
        try await BookCommand.Make.parse(wish + ["--key", "first"] + place).run()
        let mine =
            "FROM booking b JOIN occupancy o USING (tenant_id, booking_id) WHERE customer_email = 'eva@example.com'"
        let id = try await world.sql("SELECT b.booking_id \(mine)")
        #expect(id.utf8.count == 36)

        // The same with its key changes nothing; without it somebody has the time.
        try await BookCommand.Make.parse(wish + ["--key", "first"] + place).run()
        let taken = await #expect(throws: CommandError.self) { try await BookCommand.Make.parse(wish + place).run() }
        #expect(taken?.description.hasPrefix("that time is taken; the nearest that are free:\n") == true)
        #expect(try await world.sql("SELECT count(*) \(mine)") == "1")

        let later = ["--at", offers[1].start.formatted(.iso8601)]
        try await BookCommand.Move.parse([id] + later + place).run()
        let moved = try await world.sql("SELECT extract(epoch FROM o.starts_at)::bigint, o.staff_id \(mine)")
        #expect(moved == "\(Int(offers[1].start.timeIntervalSince1970))|\(offers[0].staff)")

        try await EraseCommand.parse(["--email", " EVA@example.com"] + place).run()
        #expect(try await world.sql("SELECT count(*) \(mine)") == "0")
        try await BookCommand.Cancel.parse([id] + place).run()
        #expect(try await world.sql("SELECT status FROM booking WHERE booking_id = '\(id)'") == "cancelled")
        let ended = await #expect(throws: CommandError.self) {
            try await BookCommand.Move.parse([id] + later + place).run()
        }
        #expect(ended?.description.contains("was cancelled") == true)
        await world.graph.close()
    }

    @Test func `are held without a name, and confirmed with one`() async throws {
        let world = try await DemoWorld(salons: 20)
        _ = try await world.load()
        let (roster, offers) = try await world.offers()
        // Without a tenant: a customer of the marketplace, who knows the identifier.
        let place = ["--database-url", world.url, "--redis-url", ""]
        try await BookCommand.Make.parse(
            [
                "\(roster.salon)", "--service", "\(offers[0].service)", "--at", offers[0].start.formatted(.iso8601),
                "--hold", "--minutes", "30",
            ] + place
        ).run()
        let id = try await world.sql("SELECT booking_id FROM booking WHERE status = 'held'")
        let nameless = await #expect(throws: CommandError.self) {
            try await BookCommand.Confirm.parse([id, "--name", "Bo"] + place).run()
        }
        #expect(nameless?.description.hasPrefix("give --email or --phone") == true)
        try await BookCommand.Confirm.parse([id, "--name", "Bo", "--phone", "+45 12 34 56 78"] + place).run()
        #expect(try await world.sql("SELECT status FROM booking WHERE booking_id = '\(id)'") == "booked")
        let other = await #expect(throws: CommandError.self) {
            try await BookCommand.Show.parse(["\(UUID())"] + place).run()
        }
        #expect(other?.description.hasPrefix("there is no booking") == true)
        await world.graph.close()
    }
}

struct `Names at a terminal` {
    private let names = ["Dameklip", "Herreklip", "Klip", "Klip og farve"]

    @Test(arguments: [
        ("klip", ["Klip"]), ("KLIP O", ["Klip og farve"]), ("kli", ["Klip", "Klip og farve"]),
        ("eklip", ["Dameklip", "Herreklip"]), ("negle", []),
    ])
    func `mean the whole name, else its beginning, else a part`(text: String, expected: [String]) {
        #expect(NamePick.matches(text, names) { $0 } == expected)
    }

    @Test func `that mean several salons bring a list of these`() async throws {
        let world = try await DemoWorld(salons: 30)
        let picker = try await SalonPicker(world.graph, tenant: nil)
        let several = await #expect(throws: CommandError.self) { try await picker.salon("opdigtet") }
        #expect(several?.description.split(separator: "\n").count == 12)
        #expect(several?.description.hasSuffix("… and more") == true)
        let salon = try #require(try await world.salons().first)
        #expect(try await picker.salon(salon.profile.name.uppercased()).id == salon.id)
        #expect(try await picker.salon("\(salon.id)").name == salon.profile.name)
        await #expect(throws: CommandError.self) { try await picker.salon("\(UUID())") }
        // Another tenant's salons are not this one's.
        let slug = try #require(TenantSlug("anden"))
        _ = try await world.graph.tenants.create(slug: slug, name: "Anden", country: "DK")
        let stranger = try await SalonPicker(world.graph, tenant: "anden")
        await #expect(throws: CommandError.self) { try await stranger.salon("\(salon.id)") }
        await world.graph.close()
    }

    @Test(arguments: [
        (46_500, "DKK", "465 DKK"), (3_905, "EUR", "39.05 EUR"), (0, "EUR", "0 EUR"), (990, "ISK", "990 ISK"),
    ])
    func `of prices have the decimals of the currency`(amount: Int, currency: String, text: String) {
        #expect(Price(amount: amount, currency: currency).text == text)
    }
}
