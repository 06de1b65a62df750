import Availability
import Calendars
import Catalogue
import Directory
import Discovery
import Events
import Foundation
import Geodesy
import Harness
import Reservations
import Salons
import Scheduling
import ServiceLifecycle
import Tenancy

/// A backend whose door also answers who is free: three bookable salons 100, 200 and 300 m north of a place where
/// nothing else is.
struct AvailableWorld: Sendable {
    let backend: Backend
    let door: Door
    let salons: [BookableSalon]
    let board: AvailabilityBoard
    private let feed: Task<Void, any Error>

    static let origin = Coordinate(uncheckedLatitude: 56.9, longitude: 8.4)

    static func with(
        country: String? = nil, hours: String? = nil, _ body: (AvailableWorld) async throws -> Void
    ) async throws {
        let world = try await AvailableWorld(country: country, hours: hours)
        do {
            try await body(world)
            try await world.stop()
        } catch {
            try? await world.stop()
            throw error
        }
    }

    private init(country: String?, hours: String?) async throws {
        let backend = try await Backend.own()
        self.backend = backend
        var salons: [BookableSalon] = []
        for number in 1...3 {
            let salon = try await BookableSalon(
                in: backend, tenant: Backend.slugs[number - 1],
                .lateOpening {
                    $0.country = country
                    $0.openingHours = hours
                    $0.location = Coordinate(uncheckedLatitude: 56.9 + Double(number) * 100 / 111_367, longitude: 8.4)
                })
            salons.append(salon)
        }
        self.salons = salons
        let (board, feed) = Self.board(backend)
        self.board = board
        self.feed = feed
        let discovery = Discovery(directory: backend.directory, availability: board)
        door = try await Door.open(backend, discovery: discovery) { _, staff in board.noteChange(staff: staff) }
    }

    /// A board as another instance would have it, with its feed.
    static func board(_ backend: Backend) -> (AvailabilityBoard, Task<Void, any Error>) {
        let board = AvailabilityBoard(source: PostgresCalendarSource(backend.database), cache: nil)
        var configuration = AvailabilityFeed.Configuration()
        configuration.pollInterval = .milliseconds(50)
        let feed = AvailabilityFeed(
            board, events: Outbox(backend.database), configuration: configuration,
            logger: backend.log.logger("calendars"))
        return (board, Task { try await feed.run() })
    }

    private func stop() async throws {
        feed.cancel()
        try await door.close()
        try await backend.stop()
    }

    /// Who can begin between two local times, as the parameters of a search around the origin.
    func ask(_ from: String, _ to: String, _ more: String = "&service=haircut", fields: [String] = []) async throws
        -> Reply
    {
        try await door.ask(
            "/v1/salons/available?lat=56.9&lon=8.4&radius_m=1000&from=\(encoded(from))&to=\(encoded(to))\(more)",
            fields: fields)
    }

    /// Numbers (from 1) of the salons of an answer, in its order.
    func numbers(_ reply: Reply) -> [Int] {
        (reply.json["salons"]?.array ?? []).compactMap { entry in
            salons.firstIndex { "\($0.id)" == entry["id"]?.string }.map { $0 + 1 }
        }
    }

    /// Takes all of a salon's people from one time to another.
    func fill(_ number: Int, from: Date, to: Date) async throws {
        let salon = salons[number - 1]
        for person in [salon.anna, salon.bo, salon.carl] {
            _ = try await salon.blocks.block(person, in: salon.id, during: [from..<to], kind: .block)
            board.noteChange(staff: [person])
        }
    }
}
