import Foundation

/// Counts and version sums of the salons a directory holds, by the identifier's first byte.
struct SliceDigests: Sendable, Equatable {
    private var counts = [Int64](repeating: 0, count: 256)
    private var sums = [Int64](repeating: 0, count: 256)

    mutating func add(id: UUID, version: Int64) {
        counts[Int(id.uuid.0)] += 1
        sums[Int(id.uuid.0)] &+= version
    }

    mutating func remove(id: UUID, version: Int64) {
        counts[Int(id.uuid.0)] -= 1
        sums[Int(id.uuid.0)] &-= version
    }

    /// The slices that differ from the truth's.
    func differences(from truth: [ReconciliationDigest]) -> Set<UInt8> {
        Set(
            (0..<min(256, truth.count))
                .filter { truth[$0] != ReconciliationDigest(count: counts[$0], sum: sums[$0]) }
                .map { UInt8($0) })
    }
}
