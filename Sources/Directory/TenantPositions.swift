import Geodesy

/// The positions of each tenant's salons, in order, with their points rounded to Float32: a tenant's salons are a few
/// here and a few there in the grid's columns, and looking each up costs several cache misses.
///
/// `@unchecked Sendable`: written by the initializer only.
final class TenantPositions: @unchecked Sendable {
    private let starts: UnsafeMutablePointer<UInt32>
    private let list: UnsafeMutablePointer<UInt32>
    /// Three numbers a salon, in the order of `list`.
    private let points: UnsafeMutablePointer<Float>
    private let tenantCount: Int
    private let count: Int

    /// One tenant's positions, with three numbers of `points` for each.
    struct List {
        let positions: UnsafePointer<UInt32>
        let points: UnsafePointer<Float>
        let count: Int
    }

    /// The squared chord between a rounded point and a rounded origin up to which the exact one may be within `limit`:
    /// each coordinate is off by at most half a metre between the two, and the arithmetic by a few parts in 10^7.
    static func roundedLimit(_ limit: Double) -> Float {
        guard limit >= 0 else { return -1 }
        let chord = limit.squareRoot() + 1
        return Float(chord * chord * 1.000_001)
    }

    init(
        tenants: UnsafePointer<UInt32>, count: Int, tenantCount: Int, point: (Int) -> EarthCenteredPoint
    ) {
        self.count = count
        self.tenantCount = tenantCount
        starts = .allocate(capacity: tenantCount + 1)
        starts.initialize(repeating: 0, count: tenantCount + 1)
        list = .allocate(capacity: max(1, count))
        points = .allocate(capacity: max(1, 3 * count))
        for position in 0..<count { starts[Int(tenants[position]) + 1] += 1 }
        for tenant in 0..<tenantCount { starts[tenant + 1] += starts[tenant] }
        let next = UnsafeMutablePointer<UInt32>.allocate(capacity: tenantCount + 1)
        defer { next.deallocate() }
        next.update(from: starts, count: tenantCount + 1)
        for position in 0..<count {
            let tenant = Int(tenants[position])
            let place = Int(next[tenant])
            list[place] = UInt32(position)
            let point = point(position)
            points[3 * place] = Float(point.x)
            points[3 * place + 1] = Float(point.y)
            points[3 * place + 2] = Float(point.z)
            next[tenant] += 1
        }
    }

    deinit {
        starts.deallocate()
        list.deallocate()
        points.deallocate()
    }

    var bytes: Int { 16 * count + 4 * (tenantCount + 1) }

    /// Empty for a tenant that came after this grid was built.
    func positions(_ tenant: UInt32) -> List {
        guard Int(tenant) < tenantCount else { return List(positions: list, points: points, count: 0) }
        let start = Int(starts[Int(tenant)])
        return List(
            positions: list + start, points: points + 3 * start, count: Int(starts[Int(tenant) + 1]) - start)
    }
}
