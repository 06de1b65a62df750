import Calendars
import Catalogue
import Directory
import Foundation
import Geodesy
import Reservations
import Salons
import Scheduling
import Synchronization
import Tenancy

/// A published salon of its own with three people who work from 06:00 to 22:00 every day, in a tenant of a backend.
struct BookableSalon: Sendable {
    let id: SalonID
    let scope: TenantScope
    let editor: CalendarEditor
    let blocks: TimeBlocks
    let backend: Backend

    /// 30 minutes for 349.00 DKK, done by everyone.
    let cut = ServiceID(UUID())
    /// 60 minutes with 15 after it, done by the first two.
    let colour = ServiceID(UUID())
    let anna = StaffID(UUID())
    let bo = StaffID(UUID())
    let carl = StaffID(UUID())

    let zone: TimeZone

    static let copenhagen = TimeZone(identifier: "Europe/Copenhagen")!

    /// Makes one, and waits until the directory knows it.
    init(
        in backend: Backend, tenant: String = Backend.slugs[0], cancellationWindow: Int = 0, minimumNotice: Int = 0,
        zone: TimeZone = copenhagen, country: String? = nil, hours: String? = nil, isClosedOnHolidays: Bool = false
    ) async throws {
        self.backend = backend
        self.zone = zone
        scope = try await backend.scope(tenant)
        editor = CalendarEditor(backend.database, scope: scope)
        blocks = TimeBlocks(backend.database, scope: scope)
        let repository = SalonRepository(backend.database, scope: scope)
        let reference = UUID().uuidString
        let profile = SalonProfile(
            name: "Salon \(reference)", address: Address(country: country),
            location: Coordinate(uncheckedLatitude: 56.5, longitude: 9.5),
            timeZone: zone.identifier, openingHours: hours,
            source: SourceReference(source: "bookable", reference: reference))
        _ = try await repository.upsert([ImportedSalon(profile: profile)])
        id = try await repository.salons(source: "bookable", limit: 1_000)
            .first { $0.profile.source.reference == reference }!.id
        try await editor.open(id, isClosedOnHolidays: isClosedOnHolidays, cancellationWindow: cancellationWindow)
        try await editor.put(
            SalonService(
                id: cut, name: "Klip", category: .haircut, duration: 30, price: Price(amount: 34_900, currency: "DKK"),
                minimumNotice: minimumNotice), in: id)
        try await editor.put(
            SalonService(id: colour, name: "Farve", category: .colour, duration: 60, bufferAfter: 15), in: id,
            sortOrder: 1)
        let hours = (1...7).map { WorkingHours(weekday: $0, start: 6 * 60, end: 22 * 60) }
        for (number, person) in [(anna, "Anna"), (bo, "Bo"), (carl, "Carl")].enumerated() {
            try await editor.put(
                StaffMember(
                    id: person.0, name: person.1, epoch: 0,
                    skills: number < 2 ? [cut: Skill(), colour: Skill()] : [cut: Skill()], hours: hours), in: id,
                sortOrder: number)
        }
        let id = id
        guard try await eventually({ try backend.directory.salon(id) != nil }) else {
            throw WireError(description: "the directory does not know the salon")
        }
    }

    /// A local time some days from now, so that no rule about now stands in the way.
    func at(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = calendar.date(byAdding: .day, value: day, to: calendar.startOfDay(for: Date()))!
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: date)!
    }

    /// As an answer writes it.
    static func text(_ instant: Date, zone: TimeZone = copenhagen) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = zone
        return formatter.string(from: instant).replacing("Z", with: "+00:00")
    }

    func text(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> String {
        Self.text(at(hour, minute, day: day), zone: zone)
    }

    static let customer = #""customer":{"name":"Kunigunde Kanarie","email":"kunigunde@kanarie.example"}"#

    /// A body's members for one step.
    func wish(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: String) -> String {
        let person = staff.map { #","staff":"\#($0)""# } ?? ""
        return #""salon":"\#(id)","service":"\#(service ?? cut)","start":"\#(start)"\#(person)"#
    }

    /// The body of a booking of one step.
    func booking(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: String) -> String {
        "{\(wish(service, by: staff, at: start)),\(Self.customer)}"
    }

    /// The slots of a window of the day after next.
    func slots(_ door: Door, _ query: String) async throws -> Reply {
        try await door.ask("/v1/salons/\(id)/slots?\(query)")
    }

    /// A window as parameters.
    func window(_ from: String, _ to: String) -> String { "from=\(encoded(from))&to=\(encoded(to))" }

    private static let untouchedTask = Mutex<Task<(BookableSalon, Door), any Error>?>(nil)

    /// One for all tests that take no time of it.
    static func untouched() async throws -> (BookableSalon, Door) {
        let task = untouchedTask.withLock { task in
            if let task { return task }
            let made = Task { try await new() }
            task = made
            return made
        }
        return try await task.value
    }

    private static let stage = Mutex<Task<(Backend, Door), any Error>?>(nil)

    /// A new one behind a door that only tests of reservations share: salons that come would change what other tests see.
    static func new(
        tenant: String = Backend.slugs[0], cancellationWindow: Int = 0, minimumNotice: Int = 0,
        zone: TimeZone = copenhagen, country: String? = nil, hours: String? = nil, isClosedOnHolidays: Bool = false
    ) async throws -> (BookableSalon, Door) {
        let task = stage.withLock { task in
            if let task { return task }
            let made = Task {
                let backend = try await Backend.own()
                return (backend, try await Door.open(backend))
            }
            task = made
            return made
        }
        let (backend, door) = try await task.value
        let salon = try await BookableSalon(
            in: backend, tenant: tenant, cancellationWindow: cancellationWindow, minimumNotice: minimumNotice,
            zone: zone, country: country, hours: hours, isClosedOnHolidays: isClosedOnHolidays)
        return (salon, door)
    }
}
