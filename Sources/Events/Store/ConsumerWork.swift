import Foundation
import Postgres

/// Some event of a batch cannot be done; nothing of the batch was.
struct UndoableBatch: Error {}

/// One transaction of a durable follower: takes the consumer's row, does events, moves the mark.
struct ConsumerWork: Sendable {
    /// An event that could not be done.
    struct Failure: Sendable, Hashable {
        let event: Event
        let attempts: Int
        let error: String
        let isDead: Bool
    }

    /// What a transaction has done.
    struct Report: Sendable, Hashable {
        var head: EventPosition
        var done = 0
        var failures: [Failure] = []
    }

    enum Result: Sendable, Hashable {
        case busyElsewhere
        case retired
        case worked(Report)
    }

    let consumer: any EventConsumer
    /// Up to where was looked before.
    let head: EventPosition
    let pageLimit: Int
    let attempts: Int
    let retryPause: Duration
    let now: Date
    /// Each event in a savepoint of its own.
    let oneByOne: Bool

    func run(_ connection: isolated Connection) throws -> Result {
        let table = ConsumerTable(name: consumer.name)
        guard let row = try table.take(connection) else { return .busyElsewhere }
        guard !row.isRetired else { return .retired }
        let due = try table.due(at: now, limit: pageLimit, connection)
        let page = try table.page(after: max(head, row.mark), kinds: consumer.kinds, limit: pageLimit, connection)
        var report = Report(head: page.end ?? max(head, row.mark))

        let todo = due.map { ($0.event, $0.attempts) } + page.events.filter { !$0.isBlocked }.map { ($0.event, 0) }
        let waiting = page.events.filter(\.isBlocked).map(\.event)
        var done: [Event] = []
        if oneByOne {
            var stuck: Set<UUID> = []
            for (event, before) in todo {
                if stuck.contains(event.subject) {
                    try table.fail(event, attempts: before, error: nil, next: .distantFuture, isDead: false, connection)
                } else if let failure = try attempt(event, before: before, connection) {
                    report.failures.append(failure)
                    if !failure.isDead { stuck.insert(event.subject) }
                    try note(failure, table, connection)
                } else {
                    done.append(event)
                }
            }
        } else {
            try handle(todo.map(\.0), connection)
            done = todo.map(\.0)
        }
        for event in waiting {
            try table.fail(event, attempts: 0, error: nil, next: .distantFuture, isDead: false, connection)
        }
        let places = Set(done.map(\.position))
        for item in due where places.contains(item.event.position) {
            try table.settle(item.event, at: now, connection)
        }
        report.done = done.count
        try table.move(from: row.mark, to: report.head, done: done, connection)
        return .worked(report)
    }

    /// Nil when it went well.
    private func attempt(_ event: Event, before: Int, _ connection: isolated Connection) throws -> Failure? {
        try connection.executeScript(unsafe: "SAVEPOINT event")
        do {
            try handle([event], connection)
            try connection.executeScript(unsafe: "RELEASE SAVEPOINT event")
            return nil
        } catch let error as HandlerFailure {
            try connection.executeScript(unsafe: "ROLLBACK TO SAVEPOINT event; RELEASE SAVEPOINT event")
            let made = before + 1
            return Failure(event: event, attempts: made, error: error.text, isDead: made >= attempts)
        }
    }

    private struct HandlerFailure: Error {
        let text: String
    }

    /// Tells what the handler refuses from what the database cannot do at present.
    private func handle(_ events: [Event], _ connection: isolated Connection) throws {
        guard !events.isEmpty else { return }
        do {
            try consumer.handle(events, connection)
        } catch let error as PostgresError where [.connectionLost, .unavailable, .cancelled].contains(error.kind) {
            throw error
        } catch {
            if oneByOne { throw HandlerFailure(text: "\(error)") }
            throw UndoableBatch()
        }
    }

    private func note(_ failure: Failure, _ table: ConsumerTable, _ connection: isolated Connection) throws {
        let seconds = retryPause / .seconds(1)
        let pause = seconds * pow(6, Double(failure.attempts - 1)) * Double.random(in: 0.75...1.25)
        try table.fail(
            failure.event, attempts: failure.attempts, error: failure.error, next: now + pause, isDead: failure.isDead,
            connection)
        if failure.isDead { try table.unblock(failure.event.subject, at: now, connection) }
    }
}
