import Catalogue
import Events
import Foundation
import Geodesy
import Salons
import Synchronization

@testable import Directory

/// A database in memory with an outbox, which can be told to fail and to hold events back.
final class FakeSource: DirectorySource, EventReading {
    struct Failure: Error {}

    struct Content {
        var salons: [SalonID: TestSalon] = [:]
        var outbox: [Event] = []
        var isAway = false
        /// Runs once in the middle of the next load.
        var duringLoad: (@Sendable (FakeSource) -> Void)?
        /// Events from here on are not handed out yet.
        var withheldFrom: Int?
        var failures = 0
    }

    let content = Mutex(Content())

    init(_ salons: [TestSalon] = []) {
        content.withLock { content in
            for salon in salons { content.salons[salon.id] = salon }
        }
    }

    func put(_ salon: TestSalon, announced: Bool = true) {
        content.withLock { content in
            content.salons[salon.id] = salon
            if announced { Self.announce(salon.id, &content) }
        }
    }

    func remove(_ id: SalonID, announced: Bool = true) {
        content.withLock { content in
            content.salons[id] = nil
            if announced { Self.announce(id, &content) }
        }
    }

    var all: [TestSalon] { content.withLock { Array($0.salons.values) } }

    private static func announce(_ id: SalonID, _ content: inout Content) {
        let number = Int64(content.outbox.count + 1)
        content.outbox.append(
            Event(
                position: EventPosition(transaction: UInt64(number), id: number), tenant: TenantID(UUID()),
                kind: SalonEvents.changed.name, subject: id.rawValue, revision: nil, writtenAt: Date(),
                isSettled: true))
    }

    private func checkPresence() throws {
        try content.withLock {
            guard $0.isAway else { return }
            $0.failures += 1
            throw Failure()
        }
    }

    func follow(_ writer: inout DirectoryWriter) async {
        let intervals = writer.configuration
        let follower = EventFollower(
            "directory", of: self,
            configuration: EventFollower.Configuration(
                kinds: SalonEvents.names, telling: .settled, pollInterval: intervals.pollInterval,
                pageLimit: intervals.batchLimit, firstPause: intervals.firstPause,
                longestPause: intervals.longestPause), logger: writer.logger)
        await follower.run(&writer)
    }

    func loadPublished(_ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws {
        try checkPresence()
        let (salons, interruption) = content.withLock { content in
            defer { content.duringLoad = nil }
            return (Array(content.salons.values), content.duringLoad)
        }
        for (number, salon) in salons.enumerated() {
            if number == salons.count / 2 { interruption?(self) }
            try Self.lend(salon, row)
        }
    }

    func loadPublished(ids: [SalonID], _ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws {
        try checkPresence()
        let salons = content.withLock { content in ids.compactMap { content.salons[$0] } }
        for salon in salons { try Self.lend(salon, row) }
    }

    private static func lend(_ salon: TestSalon, _ row: (borrowing PublishedRow) throws -> Void) throws {
        var failure: (any Error)?
        CardEncoder.withRow(of: salon.salon) { lent in
            do {
                try row(
                    PublishedRow(
                        tenant: lent.tenant, id: lent.id, version: salon.version, cell: lent.cell,
                        latitude: lent.latitude, longitude: lent.longitude, categoryBits: lent.categoryBits,
                        attributeBits: lent.attributeBits, priceLevel: lent.priceLevel,
                        ratingTenths: lent.ratingTenths, ratingCount: lent.ratingCount, tenantSlug: lent.tenantSlug,
                        name: lent.name, timeZone: lent.timeZone, openingHours: lent.openingHours,
                        street: lent.street, housenumber: lent.housenumber, floorDoor: lent.floorDoor,
                        postcode: lent.postcode, city: lent.city, country: lent.country, website: lent.website,
                        phone: lent.phone))
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    func lastSettled() async throws -> EventPosition {
        try checkPresence()
        return content.withLock { $0.outbox.last?.position ?? .start }
    }

    func page(after position: EventPosition, kinds: [String], limit: Int) async throws -> EventPage {
        try checkPresence()
        return content.withLock { content in
            let horizon = content.withheldFrom.map { UInt64($0) + 1 } ?? .max
            let events = content.outbox.filter { $0.position > position }.prefix(limit).map { event in
                Event(
                    position: event.position, tenant: event.tenant, kind: event.kind, subject: event.subject,
                    revision: nil, writtenAt: event.writtenAt, isSettled: event.position.transaction < horizon)
            }
            return EventPage(
                events: events, last: events.last?.position, lastSettled: events.last(where: \.isSettled)?.position,
                horizon: .max, floor: .start, isLast: events.count < limit)
        }
    }

    /// Nobody calls: the directory looks by itself.
    func calls() -> AsyncStream<Void> { AsyncStream { _ in } }

    func publishedVersions(idPrefix: UInt8) async throws -> [SalonID: Int64] {
        try checkPresence()
        return content.withLock { content in
            content.salons.filter { $0.key.rawValue.uuid.0 == idPrefix }.mapValues(\.version)
        }
    }

    func digests() async throws -> [ReconciliationDigest] {
        try checkPresence()
        let salons = all
        return (0..<256).map { slice in
            let slice = salons.filter { Int($0.id.rawValue.uuid.0) == slice }
            return ReconciliationDigest(count: Int64(slice.count), sum: slice.reduce(0) { $0 &+ $1.version })
        }
    }
}
