import Foundation
import Geodesy
import Salons
import Synchronization

@testable import Directory

/// A database in memory with an outbox, which can be told to fail and to hold events back.
final class FakeSource: DirectorySource {
    struct Failure: Error {}

    struct Content {
        var salons: [SalonID: TestSalon] = [:]
        var outbox: [SalonChange] = []
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
            SalonChange(
                position: FeedPosition(transaction: UInt64(number), id: number), salon: id, writtenAt: Date()))
    }

    private func checkPresence() throws {
        try content.withLock {
            guard $0.isAway else { return }
            $0.failures += 1
            throw Failure()
        }
    }

    func loadPublished(_ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws -> FeedPosition {
        try checkPresence()
        let (salons, position, interruption) = content.withLock { content in
            defer { content.duringLoad = nil }
            return (
                Array(content.salons.values), content.outbox.last?.position ?? FeedPosition(transaction: 0, id: 0),
                content.duringLoad
            )
        }
        for (number, salon) in salons.enumerated() {
            if number == salons.count / 2 { interruption?(self) }
            try Self.lend(salon, row)
        }
        return position
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

    func changes(after position: FeedPosition, limit: Int) async throws -> ChangeBatch {
        try checkPresence()
        return content.withLock { content in
            let visible = content.outbox.prefix(content.withheldFrom ?? .max)
            return ChangeBatch(
                changes: Array(visible.filter { $0.position > position }.prefix(limit)),
                oldestWithheld: content.withheldFrom.flatMap { content.outbox.dropFirst($0).first?.writtenAt })
        }
    }

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
