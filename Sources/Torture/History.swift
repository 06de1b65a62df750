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

/// A sequence of numbers from a seed. Source: Vigna, "splitmix64".
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
