public import Foundation
import JSON
public import Tenancy

/// A job as whoever works at it sees it.
public struct JobRun: Sendable, Hashable {
    /// Its number.
    public let id: Int64
    /// The scope of the tenant whose job it is, opened from its row; nil for one of the platform.
    public let scope: TenantScope?
    /// How often it was tried, this time included.
    public let attempt: Int
    /// By the worker's clock.
    public let now: Date
}

/// What is done with the jobs of one kind.
///
/// A job can be worked at more than once: when its worker goes away before it could say that it was done. Its effect is
/// therefore one that can be had twice, or that is noted in the transaction of which it is made.
public struct JobHandler: Sendable {
    /// The kind.
    public let kind: String
    let retryPause: Duration
    let work: @Sendable ([UInt8], JobRun) async throws -> Void

    /// Works at the jobs of a kind.
    public init<Arguments>(
        _ kind: JobKind<Arguments>, _ work: @escaping @Sendable (Arguments, JobRun) async throws -> Void
    ) {
        self.kind = kind.name
        retryPause = kind.retryPause
        self.work = { data, run in
            guard let arguments = (try? JSONReader.read(data)).flatMap({ Arguments($0) }) else {
                throw JobError.malformedArguments(kind: kind.name)
            }
            try await work(arguments, run)
        }
    }
}

/// A job that is made again and again.
public struct PeriodicJob: Sendable {
    /// The kind.
    public let kind: String
    let priority: JobPriority
    let attempts: Int
    /// From one to the next. One that is still open is not made a second time, and none is made up for after a
    /// standstill.
    public let interval: Duration

    /// A job that is made once per interval, by whichever instance comes first.
    public init(_ kind: JobKind<NoArguments>, every interval: Duration) {
        self.kind = kind.name
        priority = kind.priority
        attempts = kind.attempts
        self.interval = interval
    }
}
