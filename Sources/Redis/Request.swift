/// Commands of one caller, which waits for their replies.
struct Request: Sendable {
    let commands: [Command]
    let operation: String
    let enqueued: ContinuousClock.Instant
    let continuation: CheckedContinuation<Result<[Reply], RedisError>, Never>

    func fail(_ kind: RedisError.Kind, _ message: String) {
        continuation.resume(returning: .failure(RedisError(kind, operation: operation, message: message)))
    }
}

/// How a round trip ended.
struct Outcome {
    /// The replies to the first requests of the batch; to all of them if it went well.
    var replies: [[Reply]]
    var failure: ConnectionFailure?
    /// Whether there was a connection to send on.
    var isConnected: Bool
}
