/// What a client's callers and connections share, under its lock.
struct ClientState {
    var queue: RequestQueue
    var idle: [Connection]
    var breaker: Breaker
    var statistics = ClientStatistics()
    var isShutDown = false
    /// What opened the breaker.
    var lastFailure = ""
    var opened: ContinuousClock.Instant?

    /// Why a call cannot be taken now.
    var refusal: String? {
        if isShutDown { return "the client is shut down" }
        return breaker.state == .closed ? nil : "not tried, after \(lastFailure)"
    }

    /// Takes what waits out of the queue and the count.
    mutating func abandonQueue() -> [Request] {
        let waiting = queue.removeAll()
        statistics.inFlight -= waiting.reduce(0) { $0 + $1.commands.count }
        return waiting
    }

    mutating func count(_ failure: ConnectionFailure) {
        statistics.failures += 1
        if failure.kind == .timeout { statistics.timeouts += 1 }
    }
}
