import Availability
import Calendars
import Events
import Foundation
import OpeningHours
import Salons
import Scheduling
import Tenancy
import Timing

/// Calendars made of a salon's identifier, without a database: two people, one service of half an hour, most of the day
/// taken. For measuring the search alone.
struct SyntheticCalendars: CalendarSource {
    /// One half hour of this many is free.
    static let freeOneIn = 4

    private static let zone = TimeZone(identifier: "Europe/Copenhagen") ?? .gmt
    private static let hours = (1...7).map { WorkingHours(weekday: $0, start: 0, end: 1_440) }

    func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster] {
        Dictionary(uniqueKeysWithValues: salons.map { ($0, Self.roster($0)) })
    }

    private static func roster(_ salon: SalonID) -> Roster {
        let service = SalonService(
            id: ServiceID(salon.rawValue), name: "Klip", category: .haircut, duration: 30, slotStep: 30)
        let staff = people(of: salon).map {
            StaffMember(id: $0, name: "Opdigtet", epoch: 1, skills: [service.id: Skill()], hours: hours)
        }
        return Roster(
            salon: salon, tenant: TenantID(salon.rawValue), revision: 1, zone: zone, holidays: .none,
            openingHours: nil, services: [service], staff: staff)
    }

    private static func people(of salon: SalonID) -> [StaffID] {
        (0..<2).map { number in
            var bytes = salon.rawValue.uuid
            bytes.0 ^= UInt8(number + 1)
            return StaffID(UUID(uuid: bytes))
        }
    }

    func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]] {
        var busy: [StaffID: [Range<Date>]] = [:]
        let first = Int(start.timeIntervalSince1970) / 1_800
        let last = Int(end.timeIntervalSince1970) / 1_800
        for person in staff {
            busy[person] = (first..<last).filter { !Self.isFree(person, halfHour: $0) }.map {
                Date(timeIntervalSince1970: Double($0 * 1_800))..<Date(timeIntervalSince1970: Double(($0 + 1) * 1_800))
            }
        }
        return busy
    }

    private static func isFree(_ person: StaffID, halfHour: Int) -> Bool {
        let bytes = person.rawValue.uuid
        var mixed = UInt64(bytes.0) << 24 | UInt64(bytes.5) << 16 | UInt64(bytes.9) << 8 | UInt64(bytes.13)
        mixed = (mixed ^ UInt64(halfHour)) &* 0x9E37_79B9_7F4A_7C15
        return (mixed >> 40) % UInt64(freeOneIn) == 0
    }

    func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion] { [:] }
}

/// Events of a world in which nothing ever changes.
struct NoEvents: EventReading {
    func lastSettled() async throws -> EventPosition { .start }

    func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage {
        EventPage(events: [], last: nil, lastSettled: nil, horizon: 1, floor: .start, isLast: true)
    }

    func calls() -> AsyncStream<Void> { AsyncStream { _ in } }
}

/// A board that a feed keeps trusted until it is stopped.
struct RunningBoard: Sendable {
    let board: AvailabilityBoard
    private let task: Task<Void, any Error>

    init(_ source: any CalendarSource, events: any EventReading, cache: ScopedCache?, capacity: Int) async throws {
        var limits = AvailabilityConfiguration()
        limits.capacity = capacity
        let board = AvailabilityBoard(source: source, cache: cache, configuration: limits)
        self.board = board
        let feed = AvailabilityFeed(board, events: events, logger: quietLogger("calendars"))
        task = Task { try await feed.run() }
        while !board.isTrusted { try await Pause.sleep(for: .milliseconds(2)) }
    }

    func stop() async {
        task.cancel()
        _ = try? await task.value
    }
}
