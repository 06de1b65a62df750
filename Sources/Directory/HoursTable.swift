import Atomics
import Foundation
import OpeningHours
import Synchronization

/// Every distinct opening-hours text once, with the last states computed, so that "open at" costs a scan one load.
///
/// Entries are only added, in steady memory, so that readers take no lock. A number stays valid as long as the table.
///
/// `@unchecked Sendable`: `entries` slots are written once under the lock before their number is handed out, and the
/// states are atomics.
final class HoursTable: @unchecked Sendable {
    /// The number of a salon without opening hours.
    static let none = UInt32.max

    private typealias State = UnsafeAtomic<UInt64>

    /// Several states an entry, for searches about now and about later need not drive each other out.
    private static let ways = 4
    private static let chunkBits = 10
    private static let chunkCount = 1 << 14

    private struct Chunk {
        var entries: UnsafeMutablePointer<HoursEntry?>
        var states: UnsafeMutablePointer<State.Storage>
    }

    private struct Interning {
        var count = 0
        var places: [UInt64: UInt32] = [:]
    }

    private let chunks: UnsafeMutablePointer<Chunk?>
    private let interning = Mutex(Interning())

    init() {
        chunks = .allocate(capacity: Self.chunkCount)
        chunks.initialize(repeating: nil, count: Self.chunkCount)
    }

    deinit {
        for index in 0..<Self.chunkCount {
            guard let chunk = chunks[index] else { break }
            chunk.entries.deinitialize(count: 1 << Self.chunkBits)
            chunk.entries.deallocate()
            chunk.states.deallocate()
        }
        chunks.deallocate()
    }

    /// How many distinct texts there are.
    var count: Int { interning.withLock { $0.count } }

    /// The entry with a number that `intern` gave.
    func entry(_ number: UInt32) -> HoursEntry? {
        chunks[Int(number) >> Self.chunkBits]?.entries[Int(number) & (1 << Self.chunkBits - 1)]
    }

    /// The number of a text in its zone and country; beyond sixteen million distinct ones a text counts as not known.
    func intern(text: UnsafeRawBufferPointer, zone: UnsafeRawBufferPointer?, country: UnsafeRawBufferPointer?)
        -> UInt32
    {
        let zone = zone ?? UnsafeRawBufferPointer(start: nil, count: 0)
        var hash = Self.hash(text, 0x9E37_79B9_7F4A_7C15)
        hash = Self.hash(zone, hash)
        if let country { hash = Self.hash(country, hash) }
        return interning.withLock { interning in
            while let number = interning.places[hash] {
                if let entry = entry(number), Self.equal(entry.text, text), Self.equal(entry.zoneName, zone),
                    Self.equal(entry.country, country ?? UnsafeRawBufferPointer(start: nil, count: 0))
                {
                    return number
                }
                hash &+= 1
            }
            guard interning.count < Self.chunkCount << Self.chunkBits else { return Self.none }
            let number = UInt32(interning.count)
            add(
                HoursEntry(
                    text: String(decoding: text, as: UTF8.self), zone: String(decoding: zone, as: UTF8.self),
                    country: country.map { String(decoding: $0, as: UTF8.self) } ?? ""),
                at: interning.count)
            interning.places[hash] = number
            interning.count += 1
            return number
        }
    }

    /// Whether an entry is known to be open at a minute since 1970.
    func isOpen(_ number: UInt32, minute: Int) -> Bool {
        state(number, minute: minute) == .open
    }

    /// What is known of an entry at a minute since 1970.
    func state(_ number: UInt32, minute: Int) -> HoursState {
        guard number != Self.none, let chunk = chunks[Int(number) >> Self.chunkBits] else { return .notGiven }
        let index = Int(number) & (1 << Self.chunkBits - 1)
        let states = chunk.states + index * Self.ways
        for way in 0..<Self.ways {
            let packed = State(at: states + way).load(ordering: .relaxed)
            if minute >= Int(packed >> 33), minute < Int(packed >> 3 & 0x3FFF_FFFF) {
                return HoursState(rawValue: packed & 7) ?? .notGiven
            }
        }
        guard let entry = chunk.entries[index] else { return .notGiven }
        let (state, minutes) = entry.state(minute: minute)
        // Thirty bits of minutes reach to the year 4011.
        let limit = 0..<0x3FFF_FFFF
        let kept = minutes.clamped(to: limit)
        State(at: states + abs(minute / 180) % Self.ways)
            .store(
                UInt64(kept.lowerBound) << 33 | UInt64(kept.upperBound) << 3 | state.rawValue, ordering: .relaxed)
        return state
    }

    private func add(_ entry: HoursEntry, at number: Int) {
        let index = number & (1 << Self.chunkBits - 1)
        if index == 0 {
            let size = 1 << Self.chunkBits
            let chunk = Chunk(
                entries: .allocate(capacity: size), states: .allocate(capacity: size * Self.ways))
            chunk.entries.initialize(repeating: nil, count: size)
            // A state that holds in no minute.
            for place in 0..<size * Self.ways { (chunk.states + place).initialize(to: State.Storage(0)) }
            chunks[number >> Self.chunkBits] = chunk
        }
        chunks[number >> Self.chunkBits]?.entries[index] = entry
    }

    /// FNV-1a over eight bytes at a time, with the high half folded in.
    private static func hash(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(bytes.count)
        var place = 0
        while place + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x0000_0100_0000_01B3
            hash ^= hash >> 29
            place += 8
        }
        while place < bytes.count {
            hash = (hash ^ UInt64(bytes[place])) &* 0x0000_0100_0000_01B3
            place += 1
        }
        return hash ^ hash >> 32
    }

    private static func equal(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        text.utf8.elementsEqual(bytes)
    }
}
