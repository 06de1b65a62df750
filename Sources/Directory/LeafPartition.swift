/// Cuts a sorted run into stretches of bounded length where neighbours differ most, so that a stretch stays within one
/// cell of the geohash and its box is tight.
struct LeafPartition: Sendable {
    static let leafSize = 16

    private let starts: [UInt32]

    init(cells: UnsafePointer<UInt64>, count: Int) {
        starts = Self.starts(count: count, atLeast: 6, atMost: Self.leafSize) { cells[$0 - 1] ^ cells[$0] }
    }

    var count: Int { starts.count - 1 }

    func start(_ leaf: Int) -> Int { Int(starts[leaf]) }

    /// The beginnings of all stretches, and `count` as the last. `jump` is how much an item differs from the one
    /// before it.
    static func starts(count: Int, atLeast: Int, atMost: Int, jump: (Int) -> UInt64) -> [UInt32] {
        var starts: [UInt32] = [0]
        var start = 0
        while count - start > atMost {
            var best = start + atMost
            var bestJump = jump(best)
            for cut in stride(from: start + atMost - 1, through: start + atLeast, by: -1) {
                let cutJump = jump(cut)
                // Longer stretches are better as long as the jump is not a level of the geohash greater.
                if cutJump >> 1 > bestJump {
                    best = cut
                    bestJump = cutJump
                }
            }
            starts.append(UInt32(best))
            start = best
        }
        if count > 0 { starts.append(UInt32(count)) }
        return starts
    }
}
