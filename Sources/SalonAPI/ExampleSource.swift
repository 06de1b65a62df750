import Directory
import Discovery
import Foundation
import Geodesy
import Salons
import Scheduling
import Synchronization
import Tenancy
import Timing

/// Finds something to show in the directory, at most once a minute, and without it shows what is always true.
final class ExampleSource: Sendable {
    private struct Kept {
        var document: [UInt8]
        var until: Date
    }

    private let discovery: Discovery
    private let kept = Mutex<Kept?>(nil)

    /// Looks here first: the demo lies in Denmark, or around Helsinki.
    private static let cities = [(55.6761, 12.5683), (60.1699, 24.9384)]
    private static let lifetime: TimeInterval = 60
    /// A document is not worth a longer wait.
    private static let patience = Duration.milliseconds(500)

    init(discovery: Discovery) {
        self.discovery = discovery
    }

    /// The OpenAPI document with examples that work now.
    func document(now: Date = Date()) async -> [UInt8] {
        if let kept = kept.withLock({ $0 }), kept.until > now { return kept.document }
        let bytes = OpenAPIDocument.bytes(await examples(now: now))
        kept.withLock { $0 = Kept(document: bytes, until: now + Self.lifetime) }
        return bytes
    }

    private func examples(now: Date) async -> Examples {
        guard let place = place(), let card = nearest(place, .everywhere) else { return Examples(now: now) }
        var examples = Examples(now: now, zone: card.zone ?? .gmt)
        examples.latitude = place.latitude
        examples.longitude = place.longitude
        examples.salon = card.id
        let wanted = examples
        guard let free = try? await Deadline.run(within: Self.patience, { [self] in try await offer(wanted) }) else {
            return examples
        }
        examples.salon = free.id
        examples.service = free.service
        examples.start = free.start
        if let zone = free.zone { examples.zone = zone }
        return examples
    }

    /// A city that has salons, else the surroundings of any salon.
    private func place() -> Coordinate? {
        for (latitude, longitude) in Self.cities {
            let city = Coordinate(uncheckedLatitude: latitude, longitude: longitude)
            if nearest(city, .circle(radius: 2_000)) != nil { return city }
        }
        let (latitude, longitude) = Self.cities[0]
        let start = Coordinate(uncheckedLatitude: latitude, longitude: longitude)
        return nearest(start, .everywhere).map { card in
            // As somebody would write it, some tens of metres off.
            Coordinate(
                uncheckedLatitude: (card.latitude * 1e3).rounded() / 1e3,
                longitude: (card.longitude * 1e3).rounded() / 1e3)
        }
    }

    private struct Card: Decodable {
        struct Location: Decodable {
            var lat: Double
            var lon: Double
        }
        var id: UUID
        var location: Location
        var time_zone: String?
        var next_free_at: String?
        var next_free_service: UUID?

        var latitude: Double { location.lat }
        var longitude: Double { location.lon }
        var zone: TimeZone? { time_zone.flatMap { TimeZone(identifier: $0) } }
    }

    private struct Page: Decodable {
        var salons: [Card]
    }

    private func request(_ origin: Coordinate, _ region: SearchRegion) -> NearbyRequest {
        NearbyRequest(origin: origin, region: region, limit: 1, canonical: "")
    }

    private func nearest(_ origin: Coordinate, _ region: SearchRegion) -> Card? {
        guard let answer = try? discovery.nearby(request(origin, region), scope: .marketplace) else { return nil }
        return first { answer.encode(to: $0) }
    }

    private func offer(_ examples: Examples) async throws -> (id: UUID, service: UUID, start: Date, zone: TimeZone?)? {
        let origin = Coordinate(uncheckedLatitude: examples.latitude, longitude: examples.longitude)
        let question = AvailableRequest(
            nearby: request(origin, .everywhere),
            start: .between(examples.morning(hour: 9), examples.morning(hour: 18, daysLater: 3)))
        let answer = try await discovery.available(question, scope: .marketplace)
        guard let card = first({ answer.encode(to: $0) }), let service = card.next_free_service,
            let start = card.next_free_at.flatMap({ try? Timestamp.read($0) })
        else { return nil }
        return (card.id, service, start, card.zone)
    }

    private func first(_ encode: ((UnsafeRawBufferPointer) -> Void) -> Void) -> Card? {
        var bytes = Data()
        encode { bytes.append(contentsOf: $0) }
        return (try? JSONDecoder().decode(Page.self, from: bytes))?.salons.first
    }
}
