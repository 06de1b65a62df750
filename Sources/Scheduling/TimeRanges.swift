/// Sets of instants as ordered, disjoint ranges of seconds since 1970.
struct TimeRanges {
    private(set) var ranges: [Range<Int>]

    /// Orders and merges.
    init(_ ranges: [Range<Int>]) {
        self.ranges = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, last.upperBound >= range.lowerBound {
                self.ranges[self.ranges.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    func union(_ other: [Range<Int>]) -> TimeRanges {
        other.isEmpty ? self : TimeRanges(ranges + other)
    }

    func intersection(_ other: TimeRanges) -> TimeRanges {
        var found: [Range<Int>] = []
        var rest = other.ranges[...]
        for range in ranges {
            while let first = rest.first, first.upperBound <= range.lowerBound { rest.removeFirst() }
            for candidate in rest {
                guard candidate.lowerBound < range.upperBound else { break }
                found.append(range.clamped(to: candidate))
            }
        }
        return TimeRanges(found)
    }

    func subtracting(_ other: [Range<Int>]) -> TimeRanges {
        guard !other.isEmpty else { return self }
        let holes = TimeRanges(other).ranges
        var found: [Range<Int>] = []
        for range in ranges {
            var start = range.lowerBound
            for hole in holes where hole.upperBound > start && hole.lowerBound < range.upperBound {
                if hole.lowerBound > start { found.append(start..<hole.lowerBound) }
                start = max(start, hole.upperBound)
            }
            if start < range.upperBound { found.append(start..<range.upperBound) }
        }
        return TimeRanges(found)
    }
}
