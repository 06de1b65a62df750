import ArgumentParser
import Foundation
import Jobs

/// Shows what is to be done, and has it done, left, or held back.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Show jobs that are not done; retry, cancel, pause and resume.",
        subcommands: [List.self, Retry.self, Cancel.self, Pause.self, Resume.self], defaultSubcommand: List.self)

    /// Lists jobs.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List jobs that are not done, those that are due first.",
            discussion: "What is done is removed. States: scheduled, ready, running, dead, cancelled.")

        @Option(help: "Only in this state.")
        var state: String?

        @Option(help: "Only of this kind.")
        var kind: String?

        @Option(help: "At most so many.")
        var limit = 50

        @OptionGroup var common: CommonOptions

        func validate() throws {
            let states = ["scheduled", "ready", "running", "dead", "cancelled"]
            guard state.map(states.contains) ?? true else {
                throw ValidationError("--state must be one of \(states.joined(separator: ", "))")
            }
        }

        func run() async throws {
            try await withGraph(common) { graph in
                let administration = JobAdministration(graph.database)
                var table = TextTable([
                    .init(title: "Job"), .init(title: "Kind"), .init(title: "State"), .init(title: "Due"),
                    .init(title: "Attempts"), .init(title: "Tenant"), .init(title: "Error", maximumWidth: 80),
                ])
                let jobs = try await administration.list(state: state, kind: kind, limit: limit)
                for job in jobs {
                    table.append([
                        "\(job.id)", job.kind, job.state, job.runAt.formatted(.iso8601),
                        "\(job.attempt) of \(job.attempts)", job.tenant.map { "\($0)" } ?? "platform", job.error ?? "",
                    ])
                }
                print(jobs.isEmpty ? "no such jobs" : table.text)
                let paused = try await administration.paused()
                if !paused.isEmpty { print("paused: \(paused.joined(separator: ", "))") }
            }
        }
    }

    /// Has a job tried now.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry", abstract: "Try a job now that is dead, cancelled, or waits for its next attempt.")

        @Argument(help: "The job's number.")
        var job: Int64

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await JobAdministration(graph.database).retry(job)
                print("job \(job) is tried now")
            }
        }
    }

    /// Has a job not done.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel", abstract: "Leave a job undone; one that runs is stopped within seconds.")

        @Argument(help: "The job's number.")
        var job: Int64

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await JobAdministration(graph.database).cancel(job)
                print("job \(job) is cancelled")
            }
        }
    }

    /// Holds a kind back.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pause", abstract: "Hand out no more jobs of a kind; those that run go on.")

        @Argument(help: "The kind, such as events.prune.")
        var kind: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                try await JobAdministration(graph.database).pause(kind: kind)
                print("no \(kind) is handed out until it is resumed")
            }
        }
    }

    /// Hands a kind out again.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "Hand out jobs of a kind again that was paused.")

        @Argument(help: "The kind.")
        var kind: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                guard try await JobAdministration(graph.database).resume(kind: kind) else {
                    throw CommandError("\(kind) is not paused; `salons jobs list` shows what is")
                }
                print("\(kind) is handed out again")
            }
        }
    }
}
