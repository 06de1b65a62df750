import Foundation
import Salons

/// Positions by salon identifier: open addressing over 32-bit slots, at most half full; the identifiers themselves stay
/// in the cold store.
///
/// `@unchecked Sendable`: written by the initializer only.
final class IdentityIndex: @unchecked Sendable {
    private let slots: UnsafeMutablePointer<UInt32>
    private let mask: Int
    private static let empty = UInt32.max

    init(count: Int, id: (Int) -> (UInt64, UInt64)) {
        var size = 4
        while size < count + count / 2 { size *= 2 }
        mask = size - 1
        slots = .allocate(capacity: size)
        slots.initialize(repeating: Self.empty, count: size)
        for position in 0..<count {
            var slot = Self.hash(id(position)) & mask
            while slots[slot] != Self.empty { slot = (slot + 1) & mask }
            slots[slot] = UInt32(position)
        }
    }

    deinit { slots.deallocate() }

    var bytes: Int { 4 * (mask + 1) }

    func position(of salon: SalonID, id: (Int) -> (UInt64, UInt64)) -> Int? {
        let words = withUnsafeBytes(of: salon.rawValue.uuid) {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        var slot = Self.hash(words) & mask
        while slots[slot] != Self.empty {
            let position = Int(slots[slot])
            if id(position) == words { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Identifiers may be sequential, so their bits are mixed (the finalizer of MurmurHash3).
    private static func hash(_ words: (UInt64, UInt64)) -> Int {
        var hash = words.0 ^ (words.1 &* 0x9E37_79B9_7F4A_7C15)
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return Int(truncatingIfNeeded: (hash ^ hash >> 33) >> 1)
    }
}
