/// The order of staged salons by cell: a least-significant-digit radix sort of (cell, place) pairs, stable.
struct RadixOrder: ~Copyable {
    private let places: UnsafeMutablePointer<UInt32>

    init(_ staged: [StagedSalon]) {
        let count = staged.count
        typealias Pair = (cell: UInt64, place: UInt32)
        var from = UnsafeMutablePointer<Pair>.allocate(capacity: max(1, count))
        var to = UnsafeMutablePointer<Pair>.allocate(capacity: max(1, count))
        for place in 0..<count { from[place] = (staged[place].cell, UInt32(place)) }
        if count < 256 {
            var pairs = UnsafeMutableBufferPointer(start: from, count: count)
            pairs.sort { ($0.cell, $0.place) < ($1.cell, $1.place) }
        } else {
            let digits = 1 << 10
            let counts = UnsafeMutablePointer<Int>.allocate(capacity: digits)
            defer { counts.deallocate() }
            for shift in stride(from: UInt64(0), to: 60, by: 10) {
                counts.initialize(repeating: 0, count: digits)
                for place in 0..<count { counts[Int(from[place].cell >> shift & 1023)] += 1 }
                var total = 0
                for digit in 0..<digits {
                    let size = counts[digit]
                    counts[digit] = total
                    total += size
                }
                for place in 0..<count {
                    let pair = from[place]
                    let digit = Int(pair.cell >> shift & 1023)
                    to[counts[digit]] = pair
                    counts[digit] += 1
                }
                swap(&from, &to)
            }
        }
        places = .allocate(capacity: max(1, count))
        for position in 0..<count { places[position] = from[position].place }
        from.deallocate()
        to.deallocate()
    }

    deinit { places.deallocate() }

    /// The place in the staged array of the salon that comes at `position`.
    subscript(_ position: Int) -> Int { Int(places[position]) }
}
