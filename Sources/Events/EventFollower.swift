public import Foundation
public import Logging

/// Follows the outbox from now on, for one subscriber that keeps what it needs in memory.
///
/// Looks at the outbox when it is called and at least once per interval: a call that is lost costs time, never an
/// event. What is kept is read anew when events may have been missed: when the server counts from a lower number than
/// before (it is another one, or a copy of yesterday), or when retention has removed what was not read yet.
public final class EventFollower: Sendable {
    /// How a subscriber is served; the defaults are meant for production.
    public struct Configuration: Sendable {
        /// What an event must be before it is told.
        public enum Telling: Sendable, Hashable {
            /// Nothing can come before it any more: events are told in order.
            case settled
            /// It is committed, also while an older transaction still runs. Good for those to whom an event says what
            /// is the case, in whatever order events come.
            case committed
        }

        /// Names of the kinds that are told.
        public var kinds: [String]
        /// When they are.
        public var telling: Telling
        /// Time between two looks when nobody calls.
        public var pollInterval: Duration
        /// Events looked at in one go.
        public var pageLimit: Int
        /// Pause after the first failure; it doubles up to `longestPause`.
        public var firstPause: Duration
        /// Longest pause between two attempts while the database is away.
        public var longestPause: Duration

        /// Serves these kinds.
        public init(
            kinds: [String], telling: Telling, pollInterval: Duration = .seconds(1), pageLimit: Int = 1_000,
            firstPause: Duration = .milliseconds(100), longestPause: Duration = .seconds(2)
        ) {
            self.kinds = kinds
            self.telling = telling
            self.pollInterval = pollInterval
            self.pageLimit = pageLimit
            self.firstPause = firstPause
            self.longestPause = longestPause
        }
    }

    private let name: String
    private let events: any EventReading
    private let configuration: Configuration
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// A follower for one subscriber, which starts with ``run(_:)``.
    /// - Parameter name: what is kept, for the log: "directory".
    public init(
        _ name: String, of events: any EventReading, configuration: Configuration,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.name = name
        self.events = events
        self.configuration = configuration
        self.now = now
        self.logger = logger
    }

    /// Follows until the task is cancelled. A failing database is no end: what is kept stays, and what was missed is
    /// caught up.
    public func run<Subscriber: EventSubscriber>(_ subscriber: inout Subscriber) async {
        var place = Place(pause: configuration.firstPause)
        var pause = FollowerPause(events.calls())
        while !Task.isCancelled {
            await step(&place, &subscriber)
            await pause.wait(until: place.isFailing ? place.nextAttempt : .now + configuration.pollInterval)
        }
        pause.end()
    }

    /// Where a run stands.
    private struct Place {
        var position: EventPosition?
        /// Events beyond the position that were told.
        var told: Set<EventPosition> = []
        var isFailing = false
        var pause: Duration
        var nextAttempt = ContinuousClock.now
    }

    private func step<Subscriber: EventSubscriber>(_ place: inout Place, _ subscriber: inout Subscriber) async {
        guard ContinuousClock.now >= place.nextAttempt else { return }
        do {
            if place.position == nil {
                try await begin(&place, &subscriber)
            } else {
                try await follow(&place, &subscriber)
            }
            if place.isFailing { logger.notice("The events of the \(name) can be followed again.") }
            place.isFailing = false
            place.pause = configuration.firstPause
        } catch {
            guard !Task.isCancelled else { return }
            if !place.isFailing {
                logger.error(
                    "The events of the \(name) cannot be followed; what is in memory grows old.",
                    metadata: ["error": "\(error)"])
            }
            place.isFailing = true
            subscriber.failed()
            place.nextAttempt = .now + place.pause
            place.pause = min(place.pause * 2, configuration.longestPause)
        }
    }

    private func begin<Subscriber: EventSubscriber>(
        _ place: inout Place, _ subscriber: inout Subscriber
    ) async throws {
        let asked = now()
        let position = try await events.lastSettled()
        if place.position != nil {
            logger.warning("Events may have been missed; the \(name) is read anew.")
            place.position = nil
        }
        try await subscriber.load(from: position, asked: asked)
        place.told = []
        place.position = position
    }

    private func follow<Subscriber: EventSubscriber>(
        _ place: inout Place, _ subscriber: inout Subscriber
    ) async throws {
        guard var position = place.position else { return }
        var cursor = position
        while true {
            let asked = now()
            let page = try await events.page(after: cursor, kinds: configuration.kinds, limit: configuration.pageLimit)
            guard page.horizon >= position.transaction, page.floor <= position else {
                return try await begin(&place, &subscriber)
            }
            position = page.lastSettled ?? position
            let batch = batch(of: page, told: place.told, position: position, asked: asked)
            try await subscriber.apply(batch)
            place.position = position
            for event in page.events where !place.told.isEmpty && event.isSettled { place.told.remove(event.position) }
            if configuration.telling == .committed {
                for event in page.events where !event.isSettled { place.told.insert(event.position) }
            }
            if batch.isLast { return }
            cursor = page.last ?? cursor
        }
    }

    private func batch(
        of page: EventPage, told: Set<EventPosition>, position: EventPosition, asked: Date
    ) -> EventBatch {
        let isPatient = configuration.telling == .settled
        let withheld = isPatient ? page.events.first { !$0.isSettled } : nil
        return EventBatch(
            events: page.events.filter {
                ($0.isSettled || !isPatient) && (told.isEmpty || !told.contains($0.position))
            },
            position: position, oldestWithheld: withheld?.writtenAt, asked: asked,
            // Beyond the first event that is not settled no settled one follows.
            isLast: page.isLast || isPatient && page.last != page.lastSettled)
    }
}
