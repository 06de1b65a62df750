import Harness
import Postgres
import Salons
import Testing

@testable import Catalogue

struct `Names in the database` {
    private static let texts = [
        "Åse", "Klip & Co.", "美容室", "👩‍🦰 Saks", "a\u{200D}b", "7", "", " ", "\u{200B}", "\u{3164}", "\u{2800}",
        "\u{AD}\u{2060}", "a\u{1B}[2Jb", "a\nb", "a\u{7F}b", "a\u{9B}31m", "a\u{202E}b", "\u{2066}b", "a\u{200F}b",
        "a\u{61C}b", "a\u{2028}b", String(repeating: "x", count: 200), String(repeating: "x", count: 201),
        "e" + String(repeating: "\u{301}", count: 200), "\u{FEFF}", "O'Neill–Østergaard", "ﷺ",
    ]

    @Test func `are held to the same rule as in the program`() async throws {
        let store = try await Store.migrated()
        for text in Self.texts {
            let isVisible = try await store.owner { connection in
                try connection.query("SELECT is_visible_text(\(text), 200)")[0].decode(Bool.self)
            }
            #expect(isVisible == ((try? VisibleText.checked(text)) != nil), "\(text.debugDescription)")
        }
    }

    @Test func `are refused where they are written, and an old one does not stand in the way of closing`() async throws
    {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        let repository = SalonRepository(store.database, scope: scope)
        let bad = "Salon \u{1B}[2J"
        let refused = await #expect(throws: PostgresError.self) {
            _ = try await repository.upsert([.init(profile: .sample("bad", name: bad))])
        }
        #expect(refused?.code == .checkViolation)
        _ = try await repository.upsert([.init(profile: .sample("old"))])
        try await store.owner { connection in
            try connection.executeScript(
                unsafe: """
                    ALTER TABLE salon DISABLE TRIGGER salon_name; UPDATE salon SET name = U&'Salon \\001B';
                    ALTER TABLE salon ENABLE TRIGGER salon_name
                    """)
        }
        let salon = try #require(try await repository.salons(source: "test", limit: 1).first)
        #expect(salon.profile.name == "Salon \u{1B}")
        #expect(try await repository.setStatus(.closed, of: salon.id))
        let statements: [SQL] = [
            "UPDATE salon SET name = \(bad)", "INSERT INTO tenant (slug, name, country) VALUES ('x', \(bad), 'DK')",
            "UPDATE tenant SET name = U&'\\200B'",
        ]
        for statement in statements {
            let error = await #expect(throws: PostgresError.self) {
                try await store.owner { _ = try $0.execute(statement) }
            }
            #expect(error?.code == .checkViolation, "\(statement.text)")
        }
    }

    @Test func `a salon without an address is listed by its name alone`() async throws {
        let store = try await Store.migrated()
        let scope = try await store.tenant("ours")
        var bare = SalonProfile.sample("bare", name: "Klip Nat")
        var placed = bare
        bare.timeZone = nil
        placed.address = .init(city: "Ikast")
        placed.source = SourceReference(source: "test", reference: "placed")
        let repository = SalonRepository(store.database, scope: scope)
        _ = try await repository.upsert([.init(profile: bare), .init(profile: placed)])
        let found = try await SalonNames(store.database).salons(named: "Klip", scope: scope, limit: 9)
        #expect(Set(found.map(\.line)) == ["Klip Nat", "Klip Nat, Ikast"])
        #expect(Set(found.map(\.timeZone)) == [nil, "Europe/Copenhagen"])
    }
}
