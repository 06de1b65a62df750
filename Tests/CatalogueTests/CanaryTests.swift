import Directory
import Discovery
import Foundation
import Geodesy
import Harness
import Postgres
import Redis
import Salons
import Tenancy
import Testing

@testable import Catalogue

/// Whether anything of one tenant can be found in what another is given: strings are planted in every column of a
/// tenant, and all that is answered under another's scope is searched for them.
struct CanaryTests {
    private static let canary = "kanariefugl"

    /// Two tenants on the same spots, the second one's data marked throughout.
    private struct Aviary: Sendable {
        let store: Store
        let ours: TenantScope
        let theirs: TenantScope
        let theirIDs: [SalonID]
        let theirKey: String

        init() async throws {
            store = try await Store.migrated()
            ours = try await store.tenant("ours")
            let slug = TenantSlug("\(canary)-slug")!
            let id = try await store.tenants.create(slug: slug, name: "\(canary) name", country: "DK")
            theirs = try await store.resolver.commandLineScope(tenant: slug)
            theirKey = try await store.tenants.createPublishableKey(tenant: id, origins: ["https://\(canary).example"])
            try await store.tenants.map(host: "\(canary).example", to: id)
            _ = try await SalonRepository(store.database, scope: ours).upsert(
                (0..<30).map { number in
                    var profile = SalonProfile.sample("ours-\(number)", name: "Ours \(number)")
                    profile.rating = Rating(tenths: 40, count: Int32(number))
                    return ImportedSalon(profile: profile)
                })
            _ = try await SalonRepository(store.database, scope: theirs).upsert((0..<30).map(Self.marked))
            theirIDs = try await store.owner { connection in
                try connection.query("SELECT salon_id FROM salon WHERE tenant_id = \(id.rawValue)")
                    .map { SalonID(try $0.decode(UUID.self)) }
            }
        }

        private static func marked(_ number: Int) -> ImportedSalon {
            var profile = SalonProfile.sample("\(canary)-\(number)", name: "\(canary) \(number)")
            profile.address = Address(
                street: "\(canary)gade", housenumber: canary, floorDoor: canary, postcode: canary, city: canary,
                country: "DK")
            profile.openingHours = "\"\(canary)\""
            profile.website = "https://\(canary).example"
            profile.phone = canary
            profile.timeZone = number % 2 == 0 ? canary : "UTC"
            profile.rating = Rating(tenths: 50, count: Int32(number))
            profile.status = SalonStatus.allCases[number % 3]
            profile.source = SourceReference(source: "\(canary)-source", reference: "\(canary)-\(number)")
            return ImportedSalon(profile: profile, sourceData: [canary: canary])
        }

        /// Places where a text gives the second tenant away.
        func traces(in texts: [String]) -> [String] {
            let marks = [canary, theirs.tenant!.description, theirKey] + theirIDs.map(\.description)
            return texts.filter { text in
                let text = text.lowercased()
                return marks.contains { text.contains($0.lowercased()) }
            }
        }

        func traces(in bytes: [UInt8]) -> Bool {
            (theirIDs.map(\.rawValue) + [theirs.tenant!.rawValue]).contains { id in
                withUnsafeBytes(of: id.uuid) { bytes.contains(Array($0)) }
            }
        }
    }

    private static let origin = SalonProfile.sample("x").location

    private static func requests() -> [NearbyRequest] {
        let box = BoundingBox(uncheckedWest: 12, south: 55, east: 13, north: 56)
        return [SearchOrder.distance, .rating, .distanceBandThenRating].flatMap { order in
            [SearchRegion.everywhere, .circle(radius: 5_000), .box(box)].enumerated().map { number, region in
                NearbyRequest(
                    origin: origin, region: region, order: order, limit: 7,
                    canonical: "at=55.6761,12.5683&order=\(order)&region=\(number)")
            }
        } + [
            NearbyRequest(
                origin: origin, region: .circle(radius: 5_000), filter: SalonFilter(minimumRatingTenths: 50),
                canonical: "empty, with a diagnosis")
        ]
    }

    /// All that Discovery answers in a scope, page after page; cursors apart, as the bytes that they hold.
    private static func answers(
        _ discovery: Discovery, _ scope: TenantScope
    ) async throws -> (texts: [String], cursors: [[UInt8]]) {
        var (texts, cursors): ([String], [[UInt8]]) = ([], [])
        for var request in requests() {
            repeat {
                let answer = try await discovery.encodedNearby(request, scope: scope)
                let text = String(decoding: answer.bytes, as: UTF8.self)
                texts += [text, answer.entityTag]
                request.cursor = text.firstMatch(of: /"next_cursor":"([^"]+)"/).map { String($0.output.1) }
                if let cursor = request.cursor {
                    let base64 = cursor.replacing("-", with: "+").replacing("_", with: "/")
                    cursors.append(Array(try #require(Data(base64Encoded: base64))))
                }
            } while request.cursor != nil
        }
        return (texts, cursors)
    }

    /// All that a scope is given by repositories, searches and Discovery.
    private static func harvest(
        _ aviary: Aviary, _ scope: TenantScope, _ discovery: Discovery, _ directory: Directory
    ) async throws -> (texts: [String], cursors: [[UInt8]]) {
        let database = aviary.store.database
        var (texts, cursors) = try await answers(discovery, scope)
        let repository = SalonRepository(database, scope: scope)
        for source in ["test", "\(canary)-source"] {
            if scope.tenant != nil { texts.append("\(try await repository.salons(source: source, limit: 100))") }
        }
        for id in aviary.theirIDs {
            if scope.tenant != nil { texts += try await repository.salon(id).map { ["\($0)"] } ?? [] }
            texts +=
                try discovery.salon(id, fields: .all, scope: scope).map { [String(decoding: $0, as: UTF8.self)] } ?? []
        }
        let listed = try await PublishedSalonRepository(database).salons(aviary.theirIDs, scope: scope)
        texts += listed.map { "\($0) \($1)" }
        for search in [PostGISSearch(database), GridSearch(directory)] as [any SalonSearch] {
            for order in [SearchOrder.distance, .rating] {
                let query = SalonQuery(origin: origin, region: .everywhere, order: order, limit: 100)
                texts += try await search.search(query, scope: scope).hits.map { "\($0)" }
            }
        }
        return (texts, cursors)
    }

    @Test func `nothing of another tenant is in any answer, cursor, cached key or value`() async throws {
        let aviary = try await Aviary()
        var configuration = try Redis.Configuration(url: await TestServices.shared().redis())
        configuration.database = 7
        configuration.commandTimeout = .seconds(5)
        let client = try Client(configuration)
        _ = try await client.send([["FLUSHDB"]])
        let cache = RedisAnswerCache(ScopedCache(client))
        try await withDirectory(on: aviary.store) { directory in
            let discovery = Discovery(directory: directory, cache: cache)
            let ours = try await Self.harvest(aviary, aviary.ours, discovery, directory)
            #expect(ours.texts.count > 60 && ours.cursors.count > 20)
            #expect(aviary.traces(in: ours.texts) == [])
            #expect(!ours.cursors.contains(where: aviary.traces(in:)))

            let stored = try await Self.contents(client)
            #expect(stored.count > 6)
            for (key, value) in stored {
                #expect(key.hasPrefix("t:{\(aviary.ours.tenant!)}:nearby:"))
                // A key must not say where a customer stands.
                #expect(!key.contains("55.6"))
                #expect(aviary.traces(in: [key, String(decoding: value, as: UTF8.self)]) == [])
            }

            // The same search finds the marks where they may be, or it would prove nothing.
            let theirs = try await Self.harvest(aviary, aviary.theirs, discovery, directory)
            #expect(aviary.traces(in: theirs.texts).count > 50)
            #expect(theirs.cursors.contains(where: aviary.traces(in:)))
            #expect(theirs.texts.allSatisfy { !$0.contains("Ours ") })

            // What is published is public, and no more than that.
            let market = try await Self.harvest(aviary, .marketplace, discovery, directory)
            #expect(!aviary.traces(in: market.texts).isEmpty)
            let hidden = try aviary.theirIDs.filter { try directory.salon($0) == nil }
            #expect(hidden.count == 20)
            for id in hidden { #expect(!market.texts.contains { $0.lowercased().contains(id.description) }) }
        }
        client.shutdown()
    }

    @Test func `a cursor of one scope is refused in another`() async throws {
        let aviary = try await Aviary()
        try await withDirectory(on: aviary.store) { directory in
            let discovery = Discovery(directory: directory)
            let scopes = [aviary.ours, aviary.theirs, .marketplace]
            var request = Self.requests()[1]
            for scope in scopes {
                request.cursor = nil
                let answer = try await discovery.encodedNearby(request, scope: scope)
                let text = String(decoding: answer.bytes, as: UTF8.self)
                request.cursor = String(try #require(text.firstMatch(of: /"next_cursor":"([^"]+)"/)).output.1)
                for other in scopes where other != scope {
                    await #expect(throws: DiscoveryError.invalidCursor) {
                        try await discovery.encodedNearby(request, scope: other)
                    }
                }
                _ = try await discovery.encodedNearby(request, scope: scope)
            }
        }
    }

    @Test func `no error tells of another tenant`() async throws {
        let aviary = try await Aviary()
        let theirs = aviary.theirs.tenant!.rawValue
        let id = aviary.theirIDs[0].rawValue
        let statements: [SQL] = [
            "UPDATE salon SET tenant_id = \(theirs)",
            """
            INSERT INTO salon (tenant_id, salon_id, name, latitude, longitude, time_zone, source, source_ref)
            VALUES (\(theirs), \(id), 'a', 1, 1, 'UTC', 'a', 'a')
            """,
            // Divides by zero on any row that it is shown.
            "SELECT 1 / (length(name) - length(name)) FROM salon WHERE tenant_id = \(theirs) OR salon_id = \(id)",
            "SELECT name::integer FROM salon WHERE name LIKE \(Self.canary + "%")",
            "SELECT * FROM credential", "SELECT * FROM nothing",
        ]
        var errors = 0
        for statement in statements {
            do {
                let rows = try await aviary.store.database.write(aviary.ours) { try $0.query(statement).count }
                #expect(rows == 0)
            } catch {
                errors += 1
                #expect(aviary.traces(in: ["\(error)", String(reflecting: error)]) == [])
            }
        }
        #expect(errors == 4)
        let wrongKey = await #expect(throws: CredentialError.self) {
            try await aviary.store.resolver.scope(publishableKey: aviary.theirKey, origin: "https://ours.example")
        }
        #expect(aviary.traces(in: ["\(wrongKey!)", String(reflecting: wrongKey!)]) == [])
    }

    /// All keys and values of the client's database.
    private static func contents(_ client: Client) async throws -> [(String, [UInt8])] {
        var contents: [(String, [UInt8])] = []
        var position = "0"
        repeat {
            let reply = try await client.send([["SCAN", position]])[0].elements ?? []
            position = reply.first?.text ?? "0"
            for key in reply.last?.elements ?? [] {
                let key = try #require(key.text)
                contents.append((key, try await client.get(key) ?? []))
            }
        } while position != "0"
        return contents
    }
}
