import ArgumentParser
import Foundation
import Salons
import Testing

@testable import salons

struct `What an operator types` {
    @Test(arguments: [
        ["search", "-33.9", "18.4"], ["search", "--", "-33.9", "18.4"], ["search", "-33.9", "-18.4", "--radius", "50"],
        ["search", "--limit", "3", "40.4", "-3.7"], ["search", "--open-now", "-0.5", "-1e1"],
    ])
    func `may be a position in any quarter of the Earth`(arguments: [String]) throws {
        let command = try #require(try SalonsCommand.parseAsRoot(arguments) as? SearchCommand)
        #expect(command.position.compactMap { Double($0) }.count == 2)
    }

    @Test(arguments: [
        (["search", "55.6"], "two numbers"), (["search", "55.6", "x"], "two numbers"),
        (["search", "55.6", "12.5", "--radios", "5"], "--radios"), (["search", "55.6", "12.5", "-x"], "-x"),
    ])
    func `is told from an option that is not known`(arguments: [String], part: String) {
        let error = #expect(throws: (any Error).self) { try SalonsCommand.parseAsRoot(arguments) }
        #expect(error.map { SalonsCommand.message(for: $0).contains(part) } == true)
    }

    @Test func `asks for the country of a new tenant`() {
        let error = #expect(throws: (any Error).self) { try SalonsCommand.parseAsRoot(["tenant", "create", "klip"]) }
        #expect(error.map { SalonsCommand.fullMessage(for: $0).contains("--country") } == true)
    }

    @Test func `tells the version`() {
        let error = #expect(throws: (any Error).self) { try SalonsCommand.parseAsRoot(["--version"]) }
        #expect(error.map { SalonsCommand.message(for: $0) } == "salons \(ProgramVersion.text)")
    }

    @Test func `makes, lists and ends keys and hosts, and leaves nothing half made`() async throws {
        let world = try await DemoWorld(salons: 1)
        let place = ["--database-url", world.url, "--redis-url", ""]
        let taken = ["--tenant", DemoWorld.tenant]
        try await HostCommand.Create.parse(["Shop.example"] + taken + place).run()
        let error = await #expect(throws: (any Error).self) {
            try await TenantCommand.Create.parse(["new", "--country", "se", "--host", "shop.example"] + place).run()
        }
        #expect(error.map { "\($0)".contains("shop.example is mapped to a tenant already") } == true)
        #expect(try await world.sql("SELECT count(*) FROM tenant WHERE slug = 'new'") == "0")
        #expect(try await world.sql("SELECT count(*) FROM credential WHERE kind = 'publishable_key'") == "0")
        try await HostCommand.Revoke.parse(["shop.example"] + place).run()
        try await TenantCommand.Create.parse(
            ["new", "--country", "se", "--host", "shop.example", "--origin", "https://Shop.example"] + place
        ).run()
        let origins = "SELECT origins FROM credential WHERE kind = 'publishable_key'"
        #expect(try await world.sql(origins) == "{https://shop.example}")

        try await KeyCommand.Create.parse(taken + ["--origin", "https://a.example"] + place).run()
        try await KeyCommand.List.parse(place).run()
        try await HostCommand.List.parse(taken + place).run()
        let id = try await world.sql("SELECT credential_id FROM credential WHERE origins = '{https://a.example}'")
        try await KeyCommand.Revoke.parse([id] + place).run()
        await #expect(throws: CommandError.self) { try await KeyCommand.Revoke.parse([id] + place).run() }
        await #expect(throws: CommandError.self) { try await KeyCommand.Revoke.parse(["pk_none"] + place).run() }
        await #expect(throws: CommandError.self) { try await HostCommand.Revoke.parse(["b.example"] + place).run() }
        #expect(try await world.sql("SELECT count(*) FROM credential WHERE revoked_at IS NOT NULL") == "2")
        await world.graph.close()
    }
}
