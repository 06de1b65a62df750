import Foundation
import Geodesy
import Salons

/// What an answer reads of a salon once it is found: exact position, identity, version and the rendered card.
///
/// Kept in chunks of steady memory, so that a million cards never move. A reference is the place in units of eight
/// bytes: chunk number above, offset within the chunk below.
///
/// `@unchecked Sendable`: nothing is written after the builder has handed the store over.
final class ColdStore: @unchecked Sendable {
    static let chunkBytes = 8 << 20
    static let offsetBits: UInt32 = 20

    /// Where each part of a record begins.
    private enum Layout {
        static let latitude = 0
        static let longitude = 8
        static let id = 16
        static let version = 32
        static let ends = 40
        static let card = 40 + 4 * CardFields.segmentCount
    }

    /// Memory that several stores may share.
    ///
    /// `@unchecked Sendable`: only the builder that made it writes to it, before the store is handed over.
    final class Chunk: @unchecked Sendable {
        let base: UnsafeMutableRawPointer
        let capacity: Int
        fileprivate(set) var used = 0

        init(capacity: Int) {
            self.capacity = capacity
            base = ScatteredMemory.allocate(byteCount: capacity)
        }

        deinit { base.deallocate() }
    }

    /// Appends records; the store that it finishes as holds the shared chunks first.
    struct Builder: ~Copyable {
        private var chunks: [Chunk]
        private let owned: Int
        private let firstCapacity: Int

        /// Continues a store whose chunks are shared, or starts an empty one. `expected` bytes size the first chunk.
        init(sharing store: ColdStore? = nil, expected: Int = ColdStore.chunkBytes) {
            chunks = store?.chunks ?? []
            owned = chunks.count
            firstCapacity = min(max(expected, 1 << 12), ColdStore.chunkBytes)
        }

        private mutating func space(_ bytes: Int) -> (UnsafeMutableRawPointer, UInt32) {
            let rounded = (bytes + 7) & ~7
            if chunks.count == owned || chunks[chunks.count - 1].used + rounded > chunks[chunks.count - 1].capacity {
                let capacity = chunks.count == owned ? firstCapacity : ColdStore.chunkBytes
                chunks.append(Chunk(capacity: max(capacity, rounded)))
            }
            let chunk = chunks[chunks.count - 1]
            let reference = UInt32(chunks.count - 1) << ColdStore.offsetBits | UInt32(chunk.used >> 3)
            defer { chunk.used += rounded }
            return (chunk.base + chunk.used, reference)
        }

        mutating func append(
            latitude: Double, longitude: Double, id: UUID, version: Int64, card: borrowing CardRenderer
        ) -> UInt32 {
            let bytes = card.bytes
            let (record, reference) = space(Layout.card + bytes.count)
            record.storeBytes(of: latitude, toByteOffset: Layout.latitude, as: Double.self)
            record.storeBytes(of: longitude, toByteOffset: Layout.longitude, as: Double.self)
            record.storeBytes(of: id.uuid, toByteOffset: Layout.id, as: uuid_t.self)
            record.storeBytes(of: version, toByteOffset: Layout.version, as: Int64.self)
            for field in 0..<CardFields.segmentCount {
                record.storeBytes(of: card.ends[field], toByteOffset: Layout.ends + 4 * field, as: UInt32.self)
            }
            if let start = bytes.baseAddress {
                (record + Layout.card).copyMemory(from: start, byteCount: bytes.count)
            }
            return reference
        }

        mutating func copy(_ reference: UInt32, from store: ColdStore) -> UInt32 {
            let length = store.length(reference)
            let (record, copied) = space(length)
            record.copyMemory(from: store.record(reference), byteCount: length)
            return copied
        }

        consuming func finish() -> ColdStore { ColdStore(chunks) }
    }

    private let chunks: [Chunk]
    private let bases: UnsafeMutablePointer<UnsafeMutableRawPointer>

    private init(_ chunks: [Chunk]) {
        self.chunks = chunks
        bases = .allocate(capacity: max(1, chunks.count))
        for (index, chunk) in chunks.enumerated() { (bases + index).initialize(to: chunk.base) }
    }

    deinit { bases.deallocate() }

    /// Bytes of the records, those included that no grid refers to any more.
    var usedBytes: Int { chunks.reduce(0) { $0 + $1.used } }

    /// Bytes allocated.
    var capacity: Int { chunks.reduce(0) { $0 + $1.capacity } }

    private func record(_ reference: UInt32) -> UnsafeRawPointer {
        UnsafeRawPointer(bases[Int(reference >> Self.offsetBits)])
            + Int(reference & (1 << Self.offsetBits - 1)) << 3
    }

    func coordinate(_ reference: UInt32) -> Coordinate {
        let record = record(reference)
        return Coordinate(
            uncheckedLatitude: record.load(fromByteOffset: Layout.latitude, as: Double.self),
            longitude: record.load(fromByteOffset: Layout.longitude, as: Double.self))
    }

    func id(_ reference: UInt32) -> SalonID {
        SalonID(UUID(uuid: record(reference).load(fromByteOffset: Layout.id, as: uuid_t.self)))
    }

    func version(_ reference: UInt32) -> Int64 {
        record(reference).load(fromByteOffset: Layout.version, as: Int64.self)
    }

    /// The identifier's first and last eight bytes: what a hash table and an order compare.
    func idWords(_ reference: UInt32) -> (UInt64, UInt64) {
        let record = record(reference)
        return (
            record.load(fromByteOffset: Layout.id, as: UInt64.self),
            record.load(fromByteOffset: Layout.id + 8, as: UInt64.self)
        )
    }

    func card(_ reference: UInt32) -> Card {
        let record = record(reference)
        return Card(
            bytes: record + Layout.card, ends: (record + Layout.ends).assumingMemoryBound(to: UInt32.self))
    }

    /// Bytes of a record before rounding.
    func length(_ reference: UInt32) -> Int {
        let last = Layout.ends + 4 * (CardFields.segmentCount - 1)
        return Layout.card + Int(record(reference).load(fromByteOffset: last, as: UInt32.self))
    }
}
