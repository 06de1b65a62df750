import Foundation
import Reservations
import Synchronization

/// What a client was told.
struct Told: Sendable {
    enum Answer: Sendable {
        case done([Booking], isReplay: Bool)
        case refused(Refusal)
        /// Whether it took effect is not known.
        case unknown(String)
    }

    let kind: String
    let key: IdempotencyKey
    let answer: Answer
}

/// Everything that clients were told, in the order in which they were.
final class History: Sendable {
    private let entries = Mutex<[Told]>([])

    func add(_ told: Told) {
        entries.withLock { $0.append(told) }
    }

    var all: [Told] { entries.withLock { $0 } }
    var count: Int { entries.withLock { $0.count } }
}
