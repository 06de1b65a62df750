import Foundation
import Synchronization

/// Compares the clocks of zones.
enum Clocks {
    private static let known = Mutex<[Set<String>: Bool]>([:])

    /// Whether two zones show the same time on each tenth day from 2025 to 2037; no rule of a zone holds for less.
    static func agree(_ left: String, _ right: String) -> Bool {
        let pair: Set = [left, right]
        if let answer = known.withLock({ $0[pair] }) { return answer }
        guard let left = TimeZone(identifier: left), let right = TimeZone(identifier: right) else { return false }
        let days = stride(from: 1_735_689_600.0, to: 2_145_916_800, by: 864_000)
        let answer = days.allSatisfy {
            let instant = Date(timeIntervalSince1970: $0)
            return left.secondsFromGMT(for: instant) == right.secondsFromGMT(for: instant)
        }
        known.withLock { $0[pair] = answer }
        return answer
    }
}
