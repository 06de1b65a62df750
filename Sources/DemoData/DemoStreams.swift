import Foundation
import Salons
import SeededRandom

/// A salon's sources of random numbers, one for each thing that is decided, so that no decision moves another.
struct DemoStreams {
    /// What is decided.
    enum Purpose: UInt64 {
        case salon, services, staff, hours, exceptions, level, absence, day
    }

    private let base: UInt64

    /// The same for the same seed and reference, whatever identifier the salon has been given.
    init(seed: UInt64, reference: SourceReference) {
        var mixer = SplitMix64(seed: seed)
        var hash = mixer.next()
        // FNV-1a, 64 bits.
        for byte in "\(reference.source)\n\(reference.reference)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        base = hash
    }

    /// The numbers for a purpose, and for one of several persons or days.
    func stream(_ purpose: Purpose, _ person: Int = 0, day: Int = 0) -> SplitMix64 {
        var mixer = SplitMix64(seed: base ^ (purpose.rawValue &* 0xD134_2543_DE82_EF95))
        mixer = SplitMix64(seed: mixer.next() ^ UInt64(truncatingIfNeeded: person))
        mixer = SplitMix64(seed: mixer.next() ^ UInt64(truncatingIfNeeded: day))
        return SplitMix64(seed: mixer.next())
    }

    /// An identifier that follows from the salon's, so that no two salons share a person: version 8 of RFC 9562.
    static func identifier(seed: UInt64, salon: SalonID, purpose: Purpose, number: Int) -> UUID {
        var streams = DemoStreams(
            seed: seed, reference: SourceReference(source: "identifier", reference: salon.description)
        ).stream(purpose, number)
        let (high, low) = (streams.next(), streams.next())
        func byte(_ word: UInt64, _ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * place)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6) & 0x0F | 0x80, byte(high, 7), byte(low, 0) & 0x3F | 0x80, byte(low, 1), byte(low, 2),
                byte(low, 3), byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
