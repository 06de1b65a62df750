import Availability
import Calendars
import Catalogue
import Foundation
import Geodesy
import Logging
import Migrations
import OpeningHours
import Postgres
import Redis
import Reservations
import Salons
import Scheduling
import Synchronization
import Tenancy
import TestSupport

/// A tenant with bookable salons in a database of the test's own. Each salon has people of its own, who work from 09:00 to
/// 17:00 every day and do one service of 30 minutes.
struct World: Sendable {
    let ownerURL: String
    let database: ScopedDatabase
    let scope: TenantScope
    var salons: [SalonID] = []
    var people: [SalonID: [StaffID]] = [:]
    var services: [SalonID: ServiceID] = [:]

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let zone = TimeZone(identifier: "Europe/Copenhagen")!
    static let everyDay = (1...7).map { WorkingHours(weekday: $0, start: 9 * 60, end: 17 * 60) }

    var salon: SalonID { salons[0] }
    var cut: ServiceID { services[salon]! }
    var anna: StaffID { people[salon]![0] }
    var editor: CalendarEditor { CalendarEditor(database, scope: scope) }

    init(salons count: Int = 1, people: Int = 1, at url: String? = nil) async throws {
        let url = try await url.asyncOr {
            try await TestServices.shared().database(template: "migrated") { try await World.migrate($0) }
        }
        try await self.init(at: url, tenant: "first", salons: count, people: people)
    }

    private init(at url: String, tenant: String, salons count: Int, people: Int) async throws {
        ownerURL = url
        var configuration = try Postgres.Configuration(url)
        configuration.poolSize = 16
        configuration.waitDeadline = .seconds(60)
        database = ScopedDatabase(configuration, logger: Self.logger)
        let tenants = TenantRepository(database)
        _ = try await tenants.create(slug: TenantSlug(tenant)!, name: tenant, country: "DK")
        scope = try await CredentialResolver(source: tenants).commandLineScope(tenant: TenantSlug(tenant)!)
        for number in 0..<count { try await addSalon("\(number)", people: people) }
    }

    /// Another tenant in the same database.
    func neighbour(salons count: Int = 1) async throws -> World {
        try await World(at: ownerURL, tenant: "second", salons: count, people: 1)
    }

    mutating func addSalon(_ reference: String, people count: Int, isBookable: Bool = true) async throws {
        let repository = SalonRepository(database, scope: scope)
        let profile = SalonProfile(
            name: "Salon \(reference)", location: Coordinate(uncheckedLatitude: 55.6761, longitude: 12.5683),
            timeZone: "Europe/Copenhagen", source: SourceReference(source: "test", reference: reference))
        _ = try await repository.upsert([ImportedSalon(profile: profile, sourceData: [:])])
        let salon = try await repository.salons(source: "test", limit: 1_000)
            .first { $0.profile.source.reference == reference }!.id
        salons.append(salon)
        guard isBookable else { return }
        // So that a test does not depend on the day on which it runs.
        try await editor.open(salon, isClosedOnHolidays: false)
        let service = ServiceID(UUID())
        services[salon] = service
        try await editor.put(SalonService(id: service, name: "Klip", category: .haircut, duration: 30), in: salon)
        for number in 0..<count {
            let person = StaffID(UUID())
            people[salon, default: []].append(person)
            try await editor.put(Self.member(person, [service]), in: salon, sortOrder: number)
        }
    }

    static func member(
        _ id: StaffID, _ services: [ServiceID], hours: [WorkingHours] = everyDay
    ) -> StaffMember {
        StaffMember(
            id: id, name: "Anna", epoch: 0, skills: Dictionary(uniqueKeysWithValues: services.map { ($0, Skill()) }),
            hours: hours)
    }

    static func migrate(_ url: String) async throws {
        let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "migrations").path(percentEncoded: false)
        _ = try await Migrator(
            directory: migrations, configuration: Postgres.Configuration(url), logger: World.logger
        ).migrate()
    }

    /// A local time some days from now, so that no rule about now stands in the way.
    static func at(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = calendar.date(byAdding: .day, value: day, to: calendar.startOfDay(for: Date()))!
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: date)!
    }

    /// Books as another instance would: no board is told.
    @discardableResult
    func book(_ salon: SalonID? = nil, at start: Date = World.at(9)) async throws -> Booking? {
        let salon = salon ?? self.salon
        let outcome = try await reservations.book(
            Visit(salon: salon, steps: [Visit.Step(service: services[salon]!, start: start)]),
            customer: try Customer(name: "Kunde", email: "kunde@example.com", phone: nil), scope: scope, key: .fresh())
        guard case .done(let bookings, _) = outcome else { return nil }
        return bookings.first
    }

    func cancel(_ booking: Booking) async throws {
        _ = try await reservations.cancel(booking.id, scope: scope, key: .fresh())
    }

    var reservations: Reservations { Reservations(database, logger: Self.logger) }

    /// Asks for starts from 09:00 on.
    static func question(
        _ wish: AvailabilityQuestion.Wish = .anything, staff: StaffID? = nil, hours: Int = 1, party: Int = 1
    ) -> AvailabilityQuestion {
        AvailabilityQuestion(
            wish, staff: staff, window: at(9)..<at(9) + Double(hours) * 3_600, now: Date(), party: party)
    }

    /// Runs a body in the owner's own session, past all policies.
    func owner<R: Sendable>(_ body: @Sendable (isolated Postgres.Connection) throws -> R) async throws -> R {
        let connection = try await Postgres.Connection.connect(Postgres.Configuration(ownerURL))
        do {
            let value = try await connection.turn(body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension Postgres.Connection {
    /// Runs a body as one turn.
    func turn<R: Sendable>(_ body: @Sendable (isolated Postgres.Connection) throws -> R) throws -> R { try body(self) }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncOr(_ other: () async throws -> Wrapped) async rethrows -> Wrapped {
        if let self { self } else { try await other() }
    }
}

extension SalonAnswer {
    /// The start of a free answer.
    var start: Date? { if case .free(let offer) = self { offer.start } else { nil } }
}

/// Waits for what other tasks bring about, so that a test need not guess how long that takes.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    for _ in 0..<6_000 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
