public import Postgres

/// Does something with each event, once: what a ``DurableFollower`` works for.
public protocol EventConsumer: Sendable {
    /// Its name in the database, for good: under another one it would begin anew.
    var name: String { get }
    /// Names of the kinds that it is given.
    var kinds: [String] { get }

    /// Brings about what events mean, in the transaction that notes them as done: both are committed, or neither.
    ///
    /// All of them or none: after an error they are given again, one by one, so that one that cannot be done stands in
    /// nobody's way. It works as `salons_events`, and must be short: while the transaction runs, no follower is told of
    /// events that were written after its begin.
    func handle(_ events: [Event], _ connection: isolated Connection) throws
}
