import ArgumentParser
import Events
import Foundation
import Salons
import Tenancy

/// Shows what has happened and who has dealt with it, and deals with what could not be dealt with.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show events and their consumers; replay or skip what could not be done.",
        subcommands: [List.self, Consumers.self, Dead.self, Replay.self, Skip.self, Retire.self],
        defaultSubcommand: List.self)

    /// Lists events.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the newest events, the newest first.")

        @Option(help: "Only of this kind, such as booking.moved.")
        var kind: String?

        @Option(help: "Only of this tenant.")
        var tenant: String?

        @Option(help: "At most so many.")
        var limit = 20

        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
        }

        func run() async throws {
            try await withGraph(common) { graph in
                let owner = try await graph.scope(tenant: tenant)?.tenant
                let events = try await EventAdministration(graph.database)
                    .events(kind: kind, tenant: owner, limit: limit)
                guard !events.isEmpty else { return print("no events") }
                print(EventListing.table(events).text)
            }
        }
    }

    /// Lists consumers.
    struct Consumers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "consumers", abstract: "Show who follows the events, and how far each has come.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                var table = TextTable([
                    .init(title: "Consumer"), .init(title: "Waiting"), .init(title: "Oldest"),
                    .init(title: "Failing"), .init(title: "Dead"), .init(title: "Place"), .init(title: "Retired"),
                ])
                for consumer in try await EventAdministration(graph.database).consumers() {
                    table.append([
                        consumer.name, "\(consumer.depth)", consumer.oldest?.formatted(.iso8601) ?? "",
                        "\(consumer.failing)", "\(consumer.dead)", "\(consumer.mark)",
                        consumer.retiredAt?.formatted(.iso8601) ?? "",
                    ])
                }
                print(table.text)
            }
        }
    }

    /// Lists what could not be done.
    struct Dead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dead", abstract: "List events that a consumer could not do: given up, or tried again.")

        @Option(help: "Only of this consumer.")
        var consumer: String?

        @Option(help: "At most so many.")
        var limit = 50

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                let failures = try await EventAdministration(graph.database).failures(consumer: consumer, limit: limit)
                guard !failures.isEmpty else { return print("every event could be done") }
                var table = TextTable([
                    .init(title: "Event"), .init(title: "Consumer"), .init(title: "State"), .init(title: "Attempts"),
                    .init(title: "Kind"), .init(title: "Subject"), .init(title: "Error", maximumWidth: 80),
                ])
                for failure in failures {
                    table.append([
                        "\(failure.event.position.id)", failure.consumer, failure.state, "\(failure.attempts)",
                        failure.event.kind, failure.event.subject.uuidString.lowercased(), failure.error ?? "",
                    ])
                }
                print(table.text)
            }
        }
    }

    /// Has a dead event done.
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Have an event done after all that was given up, once.")

        @Argument(help: "The event's number; `salons events dead` shows it.")
        var event: Int64

        @Option(help: "Who is to do it.")
        var consumer: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await EventAdministration(graph.database).replay(event, consumer: consumer)
                print("\(consumer) tries event \(event) again")
            }
        }
    }

    /// Has an event passed over.
    struct Skip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "skip", abstract: "Have an event passed over for good that cannot be done.")

        @Argument(help: "The event's number; `salons events dead` shows it.")
        var event: Int64

        @Option(help: "Who is to pass it over.")
        var consumer: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await EventAdministration(graph.database).skip(event, consumer: consumer)
                print("\(consumer) passes over event \(event)")
            }
        }
    }

    /// Ends a consumer.
    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "End a consumer: nobody follows for it any more, and no event is kept for it.",
            discussion: "This cannot be taken back: what happens from now on it will never have seen.")

        @Argument(help: "The consumer.")
        var consumer: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await EventAdministration(graph.database).retire(consumer: consumer)
                print("\(consumer) is retired")
            }
        }
    }
}
