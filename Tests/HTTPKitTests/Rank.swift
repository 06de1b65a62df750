import HTTPKit
import Harness
import JSON
import Logging

/// A caller of the tests' own interface: nobody, a guest, or a keeper.
enum Rank: Int, Sendable, Comparable {
    case nobody, guest, keeper

    static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
}

extension Access where Caller == Rank {
    /// Whoever has at least a rank.
    static func least(_ rank: Rank) -> Access {
        Access("\(rank)") { $0 >= rank ? .admitted : $0 == .nobody ? .needsCredential : .refused }
    }
}

/// Takes the key for the rank. `slow` is known to no memory.
struct Ranks: CallerResolving {
    func caller(of credential: Credential) async throws(CredentialRefusal) -> Rank {
        switch credential.bearer {
        case nil: return .nobody
        case "guest", "slow": return .guest
        case "keeper":
            guard credential.origin != "https://bad.example" else { throw .originNotAllowed }
            return .keeper
        case "away": throw .unavailable
        default: throw .unknown
        }
    }

    func knownCaller(of credential: Credential) -> Rank? {
        switch credential.bearer {
        case nil: .nobody
        case "guest": .guest
        default: nil
        }
    }

    func audience(of caller: Rank) -> String? { caller == .nobody ? nil : "\(caller)" }
}

extension Tag {
    static let things = Tag(rawValue: "Things")
}

extension Door {
    /// A server of some operations.
    static func open(
        _ endpoints: [Endpoint<Rank>], configuration: HTTPConfiguration = HTTPConfiguration(drainWait: .zero),
        log: RecordedLog? = nil
    ) async throws -> Door {
        var configuration = configuration
        configuration.port = 0
        let logger = log?.logger("server") ?? .silent
        return try await open(logger: logger) { onListening in
            HTTPService(
                configuration: configuration, endpoints: endpoints,
                interface: InterfaceDescription(
                    title: "Things", version: "1", description: "Of the tests.", tags: [.things, .service],
                    credential: "A key."), examples: { Examples(["thing": "1"]) }, callers: Ranks(), logger: logger,
                onListening: onListening)
        }
    }

    /// A server of some operations for the time of a body.
    static func with<R>(
        _ endpoints: [Endpoint<Rank>], configuration: HTTPConfiguration = HTTPConfiguration(drainWait: .zero),
        log: RecordedLog? = nil, _ body: (Door) async throws -> R
    ) async throws -> R {
        try await open(endpoints, configuration: configuration, log: log).closed(after: body)
    }
}

/// What the document's tests and others look at: an operation that answers its question.
enum Things {
    static let limit = Parameter.query("limit", .integer(1...10), "How many.", default: 3, example: 5, isTried: true)
    static let colour = Parameter.query("colour", Codec.choice(["red": 1, "blue": 2]), "Which.", example: "red")
    static let question = Parameters(limit, colour) { faults, limit, colour in
        if limit.value == 7, colour.isPresent { faults.add("colour", "contradicts seven") }
        return "\(limit.value ?? 0) \(colour.value ?? 0)"
    }

    static let text = Shape<String>([Property("said", .text()) { $0 }]).named("Said")
    static let said = Answer.json(200, "It.", text, isValidated: true)

    /// Answers on both ways; what is asked for five is left to a task.
    static func list(
        _ access: Access<Rank> = .anyone, limits: Limits = Limits(), crossOrigin: CrossOrigin = .open
    ) -> Endpoint<Rank> {
        Endpoint(
            .get, "/v1/things", name: "listThings", "Things", tag: .things, access: access, limits: limits,
            crossOrigin: crossOrigin, parameters: question, answers: [said],
            quick: { question, _ in question.hasPrefix("5") ? nil : said(question).tagged(.revalidated) }
        ) { question, _ in said(question).tagged(.revalidated) }
    }
}
