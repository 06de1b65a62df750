public import Logging

/// One request as its handler sees it.
public struct Call<Caller: Sendable>: Sendable {
    /// Who asks.
    public let caller: Caller
    let context: CallContext

    /// The log, with the identifier of the request.
    public var logger: Logger { context.logger }

    /// The service that answers.
    public var service: ServiceState { context.service }
}

/// What is the same for every caller.
struct CallContext: Sendable {
    let logger: Logger
    let service: ServiceState
}
