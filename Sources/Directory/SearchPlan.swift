import Geodesy
import Salons

/// A query made ready for scanning: the origin's point, the region as squared chords, the conditions as masks.
struct SearchPlan {
    let origin: Coordinate
    let point: EarthCenteredPoint
    let region: SearchRegion
    let filter: CandidateFilter
    let tenant: UInt32?
    let order: SearchOrder
    /// How many to find: one more than asked for tells whether there are more.
    let wanted: Int
    let after: SortKey?
    /// For a circle, else infinity.
    let radius: Double
    /// Squared chord within which a salon is surely inside of the circle.
    let innerSquared: Double
    /// Squared chord beyond which a salon is surely outside of it.
    let outerSquared: Double
    private let low: SIMD4<Float>
    private let high: SIMD4<Float>

    /// Beyond this chord the distance comes from `Geodesic`, which costs a microsecond; below, the closed series is
    /// exact to a tenth of a millimetre.
    static let seriesChordSquared = 1e10
    /// More than the series may be wrong by, in metres: bounds made of chords give way by it.
    static let slack = 1e-3

    init(_ query: SalonQuery, tenant: UInt32?, hours: HoursTable) {
        origin = query.origin
        point = EarthCenteredPoint(query.origin)
        region = query.region
        filter = CandidateFilter(query.filter, tenant: tenant, hours: hours)
        self.tenant = tenant
        order = query.order
        wanted = query.limit < .max ? query.limit + 1 : query.limit
        after = query.after
        if case .circle(let radius) = query.region {
            self.radius = radius.value
            let inner = EarthCenteredPoint.chordLowerBound(geodesic: max(0, radius.value - Self.slack))
            let outer = EarthCenteredPoint.chordUpperBound(geodesic: radius.value + Self.slack)
            innerSquared = radius.value > Self.slack ? inner * inner : -1
            outerSquared = radius.value >= 0 ? outer * outer : -1
        } else {
            radius = .infinity
            innerSquared = .infinity
            outerSquared = .infinity
        }
        low = SIMD4(GridTree.down(point.x), GridTree.down(point.y), GridTree.down(point.z), 0)
        high = SIMD4(GridTree.up(point.x), GridTree.up(point.y), GridTree.up(point.z), 0)
    }

    /// Lower bounds of the squared chords from the origin to the eight boxes of a block.
    @inline(__always)
    func boundsSquared(_ tree: borrowing GridTree, block: Int) -> SIMD8<Float> {
        let boxes = UnsafeRawPointer(tree.blocks + block * GridTree.blockBytes)
        let x = Self.gap(boxes, 0, low.x, high.x)
        let y = Self.gap(boxes, 32, low.y, high.y)
        let z = Self.gap(boxes, 64, low.z, high.z)
        // Less by more than five roundings can add.
        return (x * x + y * y + z * z) * 0.999_999
    }

    @inline(__always)
    private static func gap(_ boxes: UnsafeRawPointer, _ offset: Int, _ low: Float, _ high: Float) -> SIMD8<Float> {
        let below = boxes.load(fromByteOffset: offset, as: SIMD8<Float>.self) - high
        let above = low - boxes.load(fromByteOffset: offset + 96, as: SIMD8<Float>.self)
        let gap = below.replacing(with: above, where: above .> below)
        return gap.replacing(with: 0, where: gap .< 0)
    }

    /// The distance of a salon in metres: the one number that membership, order and answer are made of.
    @inline(__always)
    func distance(_ grid: Grid, _ position: Int, chordSquared: Double) -> Double {
        chordSquared <= Self.seriesChordSquared
            ? EarthCenteredPoint.shortGeodesic(from: point, to: grid.point(position))
            : Geodesic.distance(origin, grid.coordinate(position)).value
    }

    /// The distance of any position, as `distance(_:_:chordSquared:)` gives it.
    func distance(to coordinate: Coordinate) -> Double {
        let other = EarthCenteredPoint(coordinate)
        return point.chordSquared(to: other) <= Self.seriesChordSquared
            ? EarthCenteredPoint.shortGeodesic(from: point, to: other)
            : Geodesic.distance(origin, coordinate).value
    }

    /// The list of a tenant's positions, when going through it is cheaper than through the tree: a tree search meets
    /// wanted × count / list.count salons before it has enough of the tenant.
    func tenantList(_ grid: Grid) -> TenantPositions.List? {
        guard let tenant, let list = grid.positions(ofTenant: tenant) else { return nil }
        let isShort =
            list.count <= 64 || Double(list.count) * Double(list.count) <= 4 * Double(wanted) * Double(grid.count)
        return isShort ? list : nil
    }
}
