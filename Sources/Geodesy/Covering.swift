/// A region as few contiguous ranges of 60-bit geohash codes.
///
/// The ranges are in order, do not touch, and hold the code of every position of the region (and of some outside
/// of it: the caller measures). They wrap at ±180° and reach the poles as the region does.
public enum Covering {
    /// Covers all positions within a geodesic distance of a centre, in at most `maxRanges` ranges.
    ///
    /// A radius of 0 covers the centre, a negative one or NaN nothing. `maxRanges` below 1 counts as 1.
    public static func circle(center: Coordinate, radius: Meters, maxRanges: Int) -> [ClosedRange<UInt64>] {
        guard radius.value >= 0 else { return [] }
        let cap = SphericalCap(center: center, radius: radius)
        return QuadTree(boxes: cap.boundingBox.split, cap: cap).ranges(atMost: max(1, maxRanges))
    }

    /// Covers all positions of a box with its edges, in at most `maxRanges` ranges.
    public static func box(_ box: BoundingBox, maxRanges: Int) -> [ClosedRange<UInt64>] {
        QuadTree(boxes: box.split, cap: nil).ranges(atMost: max(1, maxRanges))
    }
}

/// The search for a covering: square cells of codes, cut in four level by level.
private struct QuadTree {
    /// The region's boxes as columns and rows; the same rounding as that of positions, so none is lost at an edge.
    private let rectangles: [(columns: ClosedRange<UInt32>, rows: ClosedRange<UInt32>)]
    private let cap: SphericalCap?

    private struct Square {
        var column: UInt32
        var row: UInt32
        var isInside = false
    }

    init(boxes: [BoundingBox], cap: SphericalCap?) {
        rectangles = boxes.map {
            (
                GeohashCell.column(longitude: $0.west)...GeohashCell.column(longitude: $0.east),
                GeohashCell.row(latitude: $0.south)...GeohashCell.row(latitude: $0.north)
            )
        }
        self.cap = cap
    }

    func ranges(atMost limit: Int) -> [ClosedRange<UInt64>] {
        var squares = [Square(column: 0, row: 0)]
        var done: [ClosedRange<UInt64>] = []
        var bits: UInt32 = 30
        // Several times more squares than ranges, so that the gaps closed at the end are the smallest of many.
        while bits > 0, !squares.isEmpty, squares.count + done.count < 4 * limit {
            bits -= 1
            let side: UInt32 = 1 << bits
            var next: [Square] = []
            for square in squares {
                for (east, north) in [(0, 0), (0, 1), (1, 0), (1, 1)] as [(UInt32, UInt32)] {
                    let part = Square(column: square.column + east * side, row: square.row + north * side)
                    guard let kept = classified(part, side: side) else { continue }
                    if kept.isInside { done.append(codes(kept, bits: bits)) } else { next.append(kept) }
                }
            }
            squares = next
        }
        let all = (done + squares.map { codes($0, bits: bits) }).sorted { $0.lowerBound < $1.lowerBound }
        return closeSmallestGaps(all, atMost: limit)
    }

    /// Nil for a square outside of the region.
    private func classified(_ square: Square, side: UInt32) -> Square? {
        let lastColumn = square.column + (side - 1)
        let lastRow = square.row + (side - 1)
        var square = square
        var overlaps = false
        for (columns, rows) in rectangles
        where columns.lowerBound <= lastColumn && square.column <= columns.upperBound
            && rows.lowerBound <= lastRow && square.row <= rows.upperBound
        {
            overlaps = true
            square.isInside =
                columns.lowerBound <= square.column && lastColumn <= columns.upperBound
                && rows.lowerBound <= square.row && lastRow <= rows.upperBound
            if square.isInside { break }
        }
        guard overlaps else { return nil }
        if let cap {
            let box = BoundingBox(
                uncheckedWest: GeohashCell.west(ofColumn: square.column), south: GeohashCell.south(ofRow: square.row),
                east: GeohashCell.west(ofColumn: lastColumn + 1), north: GeohashCell.south(ofRow: lastRow + 1))
            // A square larger than the circle rarely misses it once it meets the box around it.
            if box.north - box.south <= cap.angle * 120 / .pi, cap.isDisjoint(box) { return nil }
            square.isInside = square.isInside && cap.holdsCorners(box)
        }
        return square
    }

    private func codes(_ square: Square, bits: UInt32) -> ClosedRange<UInt64> {
        let first = GeohashCell(column: square.column, row: square.row).rawValue
        return first...(first + ((1 as UInt64) << UInt64(2 * bits) - 1))
    }

    /// Joins neighbours until `limit` ranges are left, across the narrowest gaps first.
    private func closeSmallestGaps(_ ranges: [ClosedRange<UInt64>], atMost limit: Int) -> [ClosedRange<UInt64>] {
        let gaps = zip(ranges, ranges.dropFirst()).map { $1.lowerBound - $0.upperBound - 1 }
        // Gaps of no width always close; of the others the widest `limit - 1` stay open.
        let open = gaps.indices.filter { gaps[$0] > 0 }.sorted { gaps[$0] > gaps[$1] }.prefix(limit - 1).sorted()
        guard let first = ranges.first, let last = ranges.last else { return [] }
        let starts = [first.lowerBound] + open.map { ranges[$0 + 1].lowerBound }
        let ends = open.map { ranges[$0].upperBound } + [last.upperBound]
        return zip(starts, ends).map { $0...$1 }
    }
}
