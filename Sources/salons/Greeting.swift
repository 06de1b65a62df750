import Calendars
import Catalogue
import Foundation
import Salons
import Scheduling
import Tenancy

/// What `salons up` says when it answers: where to look, a search that finds something, and a booking to try, wherever
/// the salons are.
struct Greeting {
    let graph: ServiceGraph
    let port: Int
    let notes: String

    /// Salons that are looked at for one that takes bookings.
    private static let tried = 100

    /// All lines, the one that says `ready` last.
    func text() async -> String {
        let base = "http://127.0.0.1:\(port)"
        var lines = notes.isEmpty ? [] : [notes]
        lines.append("Open   \(base)/docs")
        // Whoever asks before there is a salon is told how to get one; a greeting that fails does not stop the service.
        lines += (try? await examples(base)) ?? []
        lines.append("ready \(base)")
        return lines.joined(separator: "\n")
    }

    private func examples(_ base: String) async throws -> [String] {
        let places = try await PublishedPlaces(graph.database).some(Self.tried)
        guard let first = places.first else { return Self.firstSteps }
        let offer = try await self.offer(in: places.map(\.id))
        let place = offer.flatMap { found in places.first { $0.id == found.salon } } ?? first
        var lines = [
            "Try    curl '\(base)/v1/salons/nearby?lat=\(place.latitude)&lon=\(place.longitude)&limit=3'"
        ]
        guard let offer else {
            lines.append("       no salon takes bookings yet; \(CalendarCommand.advice)")
            return lines
        }
        lines += [
            "       curl '\(base)/v1/salons/\(offer.salon)/slots?service=\(offer.service)'",
            "Book   curl -X POST \(base)/v1/bookings -H 'Content-Type: application/json' \\",
            "         -H 'Idempotency-Key: \(UUID().uuidString.lowercased())' \\",
            "         -d '{\"salon\":\"\(offer.salon)\",\"service\":\"\(offer.service)\",\"start\":\"\(offer.start)\","
                + "\"customer\":{\"name\":\"Ada\",\"email\":\"ada@example.com\"}}'",
        ]
        return lines
    }

    /// A time some hours from now, so that it is there still when somebody has read the lines.
    private func offer(in salons: [SalonID]) async throws -> (salon: SalonID, service: ServiceID, start: String)? {
        let now = Date()
        let window = (now + 3 * 3_600)..<(now + 13 * 86_400)
        let reading = try await graph.calendars.reading(
            of: salons, from: now - 3 * 86_400, to: now + 16 * 86_400, scope: .marketplace)
        for salon in salons {
            guard let roster = reading.rosters[salon] else { continue }
            let free = roster.freeTime(busy: reading.busy, from: UTCDay(of: now), days: 15)
            for service in roster.services {
                guard let found = roster.offers(of: service.id, in: window, now: now, free: free, limit: 1).first else {
                    continue
                }
                return (salon, service.id, found.start.formatted(.iso8601))
            }
        }
        return nil
    }

    private static let firstSteps = [
        "Next   no salon is there yet. For one's own, in another terminal:",
        "         salons tenant create my-salons --country DK",
        "         salons import salons.csv --tenant my-salons       # salons import --help names the columns",
        "         salons calendar apply calendar.json --tenant my-salons",
    ]
}
