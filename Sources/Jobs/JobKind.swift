public import JSON

/// A kind of jobs, declared once by the module whose work it is.
public struct JobKind<Arguments: JobArguments>: Sendable {
    /// Its name in the table of jobs, such as `holds.sweep`.
    public let name: String
    /// Which are handed out first.
    public let priority: JobPriority
    /// Attempts until a job is dead.
    public let attempts: Int
    /// Pause before the second attempt; it doubles with each, up to an hour, and some of it is left to chance.
    public let retryPause: Duration

    /// Declares a kind.
    public init(
        _ name: String, arguments: Arguments.Type, priority: JobPriority = .normal, attempts: Int = 10,
        retryPause: Duration = .seconds(5)
    ) {
        self.name = name
        self.priority = priority
        self.attempts = attempts
        self.retryPause = retryPause
    }
}

/// What a job is told beside its kind and its tenant. No personal data: who works reads it where it stands.
public protocol JobArguments: Sendable {
    /// From what ``json`` was; nil for anything else.
    init?(_ json: JSONValue)
    /// As it is kept.
    var json: JSONValue { get }
}

/// For kinds that need no arguments.
public struct NoArguments: JobArguments, Hashable {
    /// Nothing.
    public init() {}

    /// From an object, whatever its members.
    public init?(_ json: JSONValue) {
        guard json.members != nil else { return nil }
    }

    /// An empty object.
    public var json: JSONValue { [:] }
}

/// How urgent jobs are: all of a class that are due are handed out before any of the next.
public enum JobPriority: Int16, Sendable, Hashable, CaseIterable {
    /// Somebody waits for it.
    case urgent = 0
    /// Soon.
    case normal = 1
    /// When there is time.
    case low = 2
}

/// Why a job could not be worked at.
public enum JobError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The arguments are not what the kind says.
    case malformedArguments(kind: String)
    /// There is no job of this number in a state in which this can be done to it.
    case unknownJob(Int64, wanted: String)

    /// Fit for any log.
    public var description: String {
        switch self {
        case .malformedArguments(let kind): "a job \(kind) has arguments that its kind does not allow"
        case .unknownJob(let id, let wanted): "there is no job \(id) that is \(wanted); `salons jobs list` shows all"
        }
    }
}
