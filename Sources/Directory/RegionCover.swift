import Geodesy
import Geometry

/// A query's region on one grid: the runs of positions that can lie in it, and the exact test.
struct RegionCover {
    /// How the salons of a node lie to the region.
    enum Relation {
        case outside
        case inside
        case unsure
    }

    private let plan: SearchPlan
    private let grid: Grid
    /// Nil where the chord alone decides.
    private let runs: [Range<Int>]?
    private let box: BoundingBox?
    private let area: PreparedArea?

    /// Nodes of fewer salons are not worth a question to the area's index.
    private static let leastNode = 24

    init(_ plan: SearchPlan, _ grid: Grid) {
        self.plan = plan
        self.grid = grid
        switch plan.region {
        case .everywhere, .circle:
            runs = nil
            box = nil
            area = nil
        case .box(let box):
            runs = Covering.box(box, maxRanges: 16).map { grid.positions(in: $0) }.filter { !$0.isEmpty }
            self.box = box
            area = nil
        case .area(let area):
            runs = Covering.box(area.boundingBox, maxRanges: 32).map { grid.positions(in: $0) }.filter { !$0.isEmpty }
            box = nil
            self.area = area
        }
    }

    func relation(of positions: Range<Int>) -> Relation {
        guard let runs else { return .unsure }
        guard runs.contains(where: { $0.overlaps(positions) }) else { return .outside }
        if let box { return box.contains(cellBox(positions)) ? .inside : .unsure }
        guard let area, positions.count >= Self.leastNode else { return .unsure }
        switch area.relation(to: cellBox(positions)) {
        case .disjoint: return .outside
        case .contains: return .inside
        case .intersects: return .unsure
        }
    }

    /// Whether one salon lies in the region, its boundary included.
    func contains(_ position: Int, distance: Double) -> Bool {
        if let box { return box.contains(grid.coordinate(position)) }
        guard let area else { return distance <= plan.radius }
        return area.contains(grid.coordinate(position))
    }

    /// The least geohash cell, at any number of bits, that holds all of a run.
    private func cellBox(_ positions: Range<Int>) -> BoundingBox {
        let first = grid.cells[positions.lowerBound]
        let differing = first ^ grid.cells[positions.upperBound - 1]
        let free: UInt64 = differing == 0 ? 0 : UInt64.max >> UInt64(differing.leadingZeroBitCount)
        let low = GeohashCell(rawValue: first & ~free).boundingBox
        let high = GeohashCell(rawValue: first | free).boundingBox
        return BoundingBox(uncheckedWest: low.west, south: low.south, east: high.east, north: high.north)
    }
}
