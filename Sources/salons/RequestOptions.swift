import ArgumentParser
import Reservations

/// On whose behalf, and under which key.
struct RequestOptions: ParsableArguments {
    @Option(help: "Act as this tenant, not as a customer.")
    var tenant: String?

    @Option(help: "Idempotency key: the same command with the same key has one effect; a new one unless said.")
    var key: String?

    /// The key given, or a fresh one.
    var idempotencyKey: IdempotencyKey {
        get throws(CommandError) {
            guard let key else { return .fresh() }
            guard let known = IdempotencyKey(key) else {
                throw CommandError("--key must be 1 to 255 printable ASCII characters")
            }
            return known
        }
    }
}
