/// A setting that holds until the end of the transaction.
public struct LocalSetting: Sendable, Hashable {
    /// The setting's name, such as `app.tenant`.
    public let name: String
    /// Its value, any text.
    public let value: String

    /// A value for a setting.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }

    /// How long a statement waits for a lock before it fails with `lockNotAvailable`. Rounded up to a millisecond, the
    /// server's unit; zero is without limit.
    public static func lockTimeout(_ limit: Duration) -> LocalSetting {
        LocalSetting(name: "lock_timeout", value: String(limit.millisecondsRoundedUp))
    }

    static let statementTimeoutName = "statement_timeout"

    /// How long each statement may run before it fails with `statementTimeout`. Rounded up to a millisecond, the
    /// server's unit; zero is without limit.
    public static func statementTimeout(_ limit: Duration) -> LocalSetting {
        LocalSetting(name: statementTimeoutName, value: String(limit.millisecondsRoundedUp))
    }
}

extension Duration {
    // A limit of half a millisecond must not become zero, which is none.
    fileprivate var millisecondsRoundedUp: Int64 {
        max(0, milliseconds + (self > .milliseconds(milliseconds) ? 1 : 0))
    }
}
