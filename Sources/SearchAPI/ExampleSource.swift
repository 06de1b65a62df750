import Directory
public import Discovery
public import Foundation
import Geodesy
public import HTTPKit
import JSON
import Scheduling
import Tenancy
import Timing

/// Finds what the examples of the document speak of: a place, a salon and a time that exist now. Without a directory it
/// shows what is always true.
public struct ExampleSource: Sendable {
    private let discovery: Discovery

    /// Looks here first: the demo lies in Denmark, or around Helsinki.
    private static let cities = [(55.6761, 12.5683), (60.1699, 24.9384)]
    /// A document is not worth a longer wait.
    private static let patience = Duration.milliseconds(500)

    /// - Parameter discovery: is asked.
    public init(_ discovery: Discovery) {
        self.discovery = discovery
    }

    /// Values that work at a moment.
    public func examples(now: Date = Date()) async -> Examples {
        guard let place = place(), let card = nearest(place, .everywhere) else {
            return ExampleScene(now: now).examples
        }
        var scene = ExampleScene(now: now, zone: card.zone ?? .gmt)
        scene.latitude = place.latitude
        scene.longitude = place.longitude
        scene.salon = card.id
        let wanted = scene
        guard let free = try? await Deadline.run(within: Self.patience, { try await offer(wanted) }) else {
            return scene.examples
        }
        scene.salon = free.id
        scene.service = free.service
        scene.start = free.start
        if let zone = free.zone { scene.zone = zone }
        return scene.examples
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

    private struct Card {
        var id: UUID
        var latitude: Double
        var longitude: Double
        var zone: TimeZone?
        var nextFree: Date?
        var nextService: UUID?

        init?(_ json: JSONValue) {
            guard let id = json["id"]?.string.flatMap({ UUID(uuidString: $0) }),
                let latitude = json["location"]?["lat"]?.number?.double,
                let longitude = json["location"]?["lon"]?.number?.double
            else { return nil }
            self.id = id
            self.latitude = latitude
            self.longitude = longitude
            zone = json["time_zone"]?.string.flatMap { TimeZone(identifier: $0) }
            nextFree = json["next_free_at"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
            nextService = json["next_free_service"]?.string.flatMap { UUID(uuidString: $0) }
        }
    }

    private func request(_ origin: Coordinate, _ region: SearchRegion) -> NearbyRequest {
        NearbyRequest(origin: origin, region: region, limit: 1, canonical: "")
    }

    private func nearest(_ origin: Coordinate, _ region: SearchRegion) -> Card? {
        guard let answer = try? discovery.nearby(request(origin, region), scope: .marketplace) else { return nil }
        return first { answer.encode(to: $0) }
    }

    private func offer(_ scene: ExampleScene) async throws -> (id: UUID, service: UUID, start: Date, zone: TimeZone?)? {
        let origin = Coordinate(uncheckedLatitude: scene.latitude, longitude: scene.longitude)
        let question = AvailableRequest(
            nearby: request(origin, .everywhere),
            start: .between(scene.morning(hour: 9), scene.morning(hour: 18, daysLater: 3)))
        let answer = try await discovery.available(question, scope: .marketplace)
        guard let card = first({ answer.encode(to: $0) }), let service = card.nextService, let start = card.nextFree
        else { return nil }
        return (card.id, service, start, card.zone)
    }

    private func first(_ encode: ((UnsafeRawBufferPointer) -> Void) -> Void) -> Card? {
        var bytes: [UInt8] = []
        encode { bytes.append(contentsOf: $0) }
        return (try? JSONReader.read(bytes))?["salons"]?.array?.first.flatMap { Card($0) }
    }
}
