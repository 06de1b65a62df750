import Calendars
import Catalogue
import Foundation
import Geodesy
import Logging
import Migrations
import OpeningHours
import Postgres
import Salons
import Scheduling
import Tenancy
import TestSupport

@testable import Reservations

/// A tenant with one bookable salon in a database of the test's own: three people, 09:00 to 17:00 every day.
struct World: Sendable {
    let database: ScopedDatabase
    let ownerURL: String
    let scope: TenantScope
    let salon: SalonID
    let reservations: Reservations
    let editor: CalendarEditor
    let blocks: TimeBlocks

    /// 30 minutes, done by everyone.
    let cut = ServiceID(UUID())
    /// 60 minutes with 15 after it, done by the first two.
    let colour = ServiceID(UUID())
    let anna = StaffID(UUID())
    let bo = StaffID(UUID())
    let carl = StaffID(UUID())

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let zone = TimeZone(identifier: "Europe/Copenhagen")!
    static let everyDay = (1...7).map { WorkingHours(weekday: $0, start: 9 * 60, end: 17 * 60) }

    init(cancellationWindow: Int = 0) async throws {
        let url = try await TestServices.shared().database(template: "migrated") { try await World.migrate($0) }
        try await self.init(migrated: url, cancellationWindow: cancellationWindow)
    }

    /// In an empty database of another cluster.
    init(ownerURL: String) async throws {
        try await World.migrate(ownerURL)
        try await self.init(migrated: ownerURL, cancellationWindow: 0)
    }

    private static func migrate(_ url: String) async throws {
        let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "migrations").path(percentEncoded: false)
        _ = try await Migrator(directory: migrations, configuration: Configuration(url), logger: logger).migrate()
    }

    private init(migrated url: String, cancellationWindow: Int) async throws {
        ownerURL = url
        var configuration = try Configuration(ownerURL)
        configuration.poolSize = 16
        configuration.waitDeadline = .seconds(60)
        database = ScopedDatabase(configuration, logger: Self.logger)
        scope = try await Self.tenant("first", database)
        salon = try await Self.salon("1", scope, database)
        reservations = Reservations(database, logger: Self.logger)
        editor = CalendarEditor(database, scope: scope)
        blocks = TimeBlocks(database, scope: scope)
        try await editor.open(salon, isClosedOnHolidays: false, cancellationWindow: cancellationWindow)
        try await furnish(salon, editor: editor, people: [(anna, "Anna"), (bo, "Bo"), (carl, "Carl")])
    }

    func furnish(_ salon: SalonID, editor: CalendarEditor, people: [(StaffID, String)]) async throws {
        let price = Price(amount: 29_900, currency: "DKK")
        try await editor.put(
            SalonService(id: cut, name: "Klip", category: .haircut, duration: 30, price: price), in: salon)
        try await editor.put(
            SalonService(id: colour, name: "Farve", category: .colour, duration: 60, bufferAfter: 15), in: salon)
        for (number, person) in people.enumerated() {
            let skills = number < 2 ? [cut: Skill(), colour: Skill()] : [cut: Skill()]
            try await editor.put(
                StaffMember(id: person.0, name: person.1, epoch: 0, skills: skills, hours: Self.everyDay), in: salon,
                sortOrder: number)
        }
    }

    static func tenant(_ slug: String, _ database: ScopedDatabase) async throws -> TenantScope {
        let slug = TenantSlug(slug)!
        let tenants = TenantRepository(database)
        _ = try await tenants.create(slug: slug, name: "Tenant \(slug)", country: "DK")
        return try await CredentialResolver(source: tenants).commandLineScope(tenant: slug)
    }

    static func salon(
        _ reference: String, _ scope: TenantScope, _ database: ScopedDatabase
    ) async throws -> SalonID {
        let repository = SalonRepository(database, scope: scope)
        let profile = SalonProfile(
            name: "Salon \(reference)", location: Coordinate(uncheckedLatitude: 55.6761, longitude: 12.5683),
            timeZone: "Europe/Copenhagen", source: SourceReference(source: "test", reference: reference))
        _ = try await repository.upsert([ImportedSalon(profile: profile, sourceData: [:])])
        let salons = try await repository.salons(source: "test", limit: 100)
        return salons.first { $0.profile.source.reference == reference }!.id
    }

    /// A local time some days from now, so that no rule about now stands in the way.
    func at(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.zone
        let date = calendar.date(byAdding: .day, value: day, to: calendar.startOfDay(for: Date()))!
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: date)!
    }

    func visit(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: Date) -> Visit {
        Visit(salon: salon, steps: [Visit.Step(service: service ?? cut, staff: staff, start: start)])
    }

    func book(_ visit: Visit, key: IdempotencyKey = .fresh(), customer: Customer? = nil) async throws -> Outcome {
        try await reservations.book(visit, customer: try customer ?? Self.customer(), scope: scope, key: key)
    }

    static func customer(_ name: String = "Kunde") throws -> Customer {
        try Customer(name: name, email: "kunde@example.com", phone: nil)
    }

    /// Runs a body in the owner's own session, past all policies.
    func owner<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        let connection = try await Connection.connect(Configuration(ownerURL))
        do {
            let value = try await connection.turn(body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Says, as only the platform can, that a person also works in a salon of another tenant.
    func link(_ person: StaffID, to salon: SalonID, of scope: TenantScope) async throws {
        let tenant = scope.tenant!.rawValue
        try await owner { connection in
            _ = try connection.execute(
                """
                INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                VALUES (\(tenant), \(salon.rawValue), \(person.rawValue), 'Linked')
                """)
        }
    }

    /// Pairs of live occupancies of one person that overlap; there must never be one.
    func overlaps() async throws -> Int {
        try await owner { connection in
            try connection.query(
                """
                SELECT count(*) FROM occupancy a JOIN occupancy b ON a.staff_id = b.staff_id
                    AND a.occupancy_id < b.occupancy_id AND a.during && b.during WHERE a.live AND b.live
                """)[0].decode(Int.self)
        }
    }
}

extension Connection {
    /// Runs a body as one turn.
    func turn<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) throws -> R { try body(self) }
}
