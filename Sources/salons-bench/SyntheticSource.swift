import DemoData
import Directory
import Foundation
import Geodesy
import Salons
import Timing

/// Invented salons of Europe straight from the generator, without a database: for measuring the kernel alone.
struct SyntheticSource: DirectorySource {
    let count: Int

    static let seed: UInt64 = 20_261_123

    /// Positions of customers: the salons' own distribution from another seed.
    static func queries(_ count: Int) -> [Coordinate] {
        DemoGenerator(seed: seed + 1, count: count, style: .europe).map(\.location)
    }

    /// Nothing ever changes.
    func follow(_ writer: inout DirectoryWriter) async {
        try? await writer.load(asOf: "1")
        while !Task.isCancelled {
            try? await writer.rest(pending: nil)
            try? await Pause.sleep(for: .milliseconds(50))
        }
    }

    func loadPublished(_ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws {
        let tenants = (0..<50).map { _ in UUID() }
        let slugs = (0..<50).map { Array("opdigtet-kaede-\($0)".utf8) }
        for (number, salon) in DemoGenerator(seed: Self.seed, count: count, style: .europe).enumerated() {
            try Self.hand(
                salon, tenant: tenants[number % 50], slug: slugs[number % 50], to: row)
        }
    }

    func loadPublished(ids: [SalonID], _ row: @Sendable (borrowing PublishedRow) throws -> Void) async throws {}

    func publishedVersions(idPrefix: UInt8) async throws -> [SalonID: Int64] { [:] }

    func digests() async throws -> [ReconciliationDigest] { [] }

    private static func hand(
        _ salon: SalonProfile, tenant: UUID, slug: [UInt8], to row: (borrowing PublishedRow) throws -> Void
    ) throws {
        // All texts of a row stand one after the other in one buffer; the row points into it.
        let texts: [String?] = [
            salon.name, salon.timeZone, salon.openingHours, salon.address.street, salon.address.housenumber,
            salon.address.floorDoor, salon.address.postcode, salon.address.city, salon.address.country, salon.website,
            salon.phone,
        ]
        var bytes = slug
        var ends: [Int?] = []
        for text in texts {
            if let text { bytes.append(contentsOf: text.utf8) }
            ends.append(text == nil ? nil : bytes.count)
        }
        try bytes.withUnsafeBytes { buffer in
            var start = slug.count
            var fields: [UnsafeRawBufferPointer?] = []
            for end in ends {
                fields.append(end.map { UnsafeRawBufferPointer(rebasing: buffer[start..<$0]) })
                start = end ?? start
            }
            let empty = UnsafeRawBufferPointer(start: nil, count: 0)
            let published = PublishedRow(
                tenant: tenant, id: UUID(), version: 1, cell: GeohashCell(salon.location).rawValue,
                latitude: salon.location.latitude, longitude: salon.location.longitude,
                categoryBits: salon.categories.rawValue, attributeBits: salon.attributes.rawValue,
                priceLevel: salon.priceLevel, ratingTenths: salon.rating?.tenths, ratingCount: salon.rating?.count ?? 0,
                tenantSlug: UnsafeRawBufferPointer(rebasing: buffer[0..<slug.count]), name: fields[0] ?? empty,
                timeZone: fields[1], openingHours: fields[2], street: fields[3], housenumber: fields[4],
                floorDoor: fields[5], postcode: fields[6], city: fields[7], country: fields[8], website: fields[9],
                phone: fields[10])
            try row(published)
        }
    }
}

/// A directory that runs in the background until it is stopped.
struct RunningDirectory: Sendable {
    let directory: Directory
    private let task: Task<Void, any Error>

    /// Starts a directory and waits until it is loaded.
    init(_ source: any DirectorySource) async throws {
        let directory = Directory(source: source, logger: quietLogger("directory"))
        self.directory = directory
        self.task = Task { try await directory.run() }
        while !directory.status.isLoaded { try await Pause.sleep(for: .milliseconds(2)) }
    }

    func stop() async {
        task.cancel()
        _ = try? await task.value
    }
}
