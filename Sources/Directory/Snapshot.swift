import Salons

/// Positions of a grid whose salons have been replaced or have gone.
///
/// `@unchecked Sendable`: a snapshot's bits are not written any more.
final class RemovedBits: @unchecked Sendable {
    private let words: UnsafeMutablePointer<UInt64>
    private let wordCount: Int
    private(set) var count: Int

    init(size: Int) {
        wordCount = (size + 63) / 64
        words = .allocate(capacity: max(1, wordCount))
        words.initialize(repeating: 0, count: wordCount)
        count = 0
    }

    init(copying other: RemovedBits) {
        wordCount = other.wordCount
        words = .allocate(capacity: max(1, wordCount))
        words.initialize(from: other.words, count: wordCount)
        count = other.count
    }

    deinit { words.deallocate() }

    func contains(_ position: Int) -> Bool { words[position >> 6] & (1 << UInt64(position & 63)) != 0 }

    /// Only before the bits are shared.
    func insert(_ position: Int) {
        guard !contains(position) else { return }
        words[position >> 6] |= 1 << UInt64(position & 63)
        count += 1
    }
}

/// A grid with what has been taken out of it since it was built.
struct Level: Sendable {
    /// Bits of a place that are the position; the number of the level is above.
    static let positionBits: UInt32 = 30
    static let positionMask: UInt32 = 1 << 30 - 1

    let grid: Grid
    var removed: RemovedBits?

    var live: Int { grid.count - (removed?.count ?? 0) }
}

/// When grids of changes are merged.
struct MergePolicy: Sendable {
    /// The newest grid is rebuilt with each change as long as it holds no more salons than this.
    var newestSize = 1_024
    /// The middle grid goes into the base when it holds more than this, and more than a thirty-second of the base.
    var middleSize = 32_768
    /// A larger base is rebuilt beside the feed, which goes on; a smaller one takes less time than a look at the feed.
    var largestInPlace = 50_000
}

/// One consistent view of all published salons: the base first, then ever smaller and newer grids. A salon is live in
/// at most one of them.
final class Snapshot: Sendable {
    let levels: [Level]
    let tenants: TenantTable
    let hours: HoursTable
    /// Rises with every visible change.
    let version: UInt64

    let policy: MergePolicy
    /// How many of the first levels are being rebuilt into a new base, and so are not merged with later ones.
    let frozen: Int

    init(
        levels: [Level], tenants: TenantTable, hours: HoursTable, version: UInt64, policy: MergePolicy = MergePolicy(),
        frozen: Int = 0
    ) {
        self.policy = policy
        self.frozen = frozen
        self.levels = levels
        self.tenants = tenants
        self.hours = hours
        self.version = version
    }

    var count: Int { levels.reduce(0) { $0 + $1.live } }

    func place(of id: SalonID) -> UInt32? { Self.place(of: id, in: levels) }

    static func place(of id: SalonID, in levels: [Level]) -> UInt32? {
        for (number, level) in levels.enumerated() {
            if let position = level.grid.position(of: id), level.removed?.contains(position) != true {
                return UInt32(number) << Level.positionBits | UInt32(position)
            }
        }
        return nil
    }

    func grid(_ place: UInt32) -> (grid: Grid, position: Int) {
        (levels[Int(place >> Level.positionBits)].grid, Int(place & Level.positionMask))
    }

    func id(_ place: UInt32) -> SalonID {
        let (grid, position) = grid(place)
        return grid.id(position)
    }

    /// Order by distance, then identifier.
    @inline(__always)
    func precedes(_ left: Hit, _ right: Hit) -> Bool {
        if left.distance != right.distance { return left.distance < right.distance }
        return id(left.place) < id(right.place)
    }
}
