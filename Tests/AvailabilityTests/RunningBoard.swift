import Availability
import Calendars
import Events
import Foundation
import Harness
import Redis
import Tenancy
import Testing

/// A board with its feed, as one instance of the service has them.
struct RunningBoard: Sendable {
    let board: AvailabilityBoard
    let source: ProbeSource
    let feed: AvailabilityFeed
    let redis: Redis.Client

    /// Waits until the feed has told the board of everything that is committed now.
    func catchUp() async throws {
        let now = Date()
        try await eventually { board.asOf > now }
    }
}

/// Runs a body with an instance that follows the world's database.
func withBoard<R: Sendable>(
    _ world: World, configuration: AvailabilityConfiguration = .init(), redisURL: String? = nil,
    isFollowing: Bool = true, _ body: (RunningBoard) async throws -> R
) async throws -> R {
    let source = ProbeSource(world)
    let url: String
    if let redisURL { url = redisURL } else { url = try await TestServices.shared().redis() }
    var redisConfiguration = try Redis.Configuration(url: url)
    // A busy machine must not look like a Redis that is away, unless that is what is tried.
    if redisURL == nil { redisConfiguration.commandTimeout = .seconds(10) }
    let redis = try Redis.Client(redisConfiguration, logger: .silent)
    let board = AvailabilityBoard(source: source, cache: ScopedCache(redis), configuration: configuration)
    var feedConfiguration = AvailabilityFeed.Configuration()
    feedConfiguration.pollInterval = .milliseconds(20)
    feedConfiguration.firstPause = .milliseconds(20)
    feedConfiguration.longestPause = .milliseconds(100)
    let feed = AvailabilityFeed(
        board, events: Outbox(world.database), configuration: feedConfiguration, logger: .silent)
    let task = Task { if isFollowing { try await feed.run() } }
    do {
        let running = RunningBoard(board: board, source: source, feed: feed, redis: redis)
        if isFollowing {
            try await eventually { board.status.isHealthy }
            // Other tests' transactions may hold the position back to before the world was made, which must not be told
            // as news in the middle of a test.
            try await running.catchUp()
        }
        let value = try await body(running)
        task.cancel()
        _ = await task.result
        redis.shutdown()
        return value
    } catch {
        task.cancel()
        _ = await task.result
        redis.shutdown()
        throw error
    }
}
