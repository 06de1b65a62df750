/// The positions of each tenant's salons, in order.
///
/// `@unchecked Sendable`: written by the initializer only.
final class TenantPositions: @unchecked Sendable {
    private let starts: UnsafeMutablePointer<UInt32>
    private let list: UnsafeMutablePointer<UInt32>
    private let tenantCount: Int
    private let count: Int

    init(tenants: UnsafePointer<UInt32>, count: Int, tenantCount: Int) {
        self.count = count
        self.tenantCount = tenantCount
        starts = .allocate(capacity: tenantCount + 1)
        starts.initialize(repeating: 0, count: tenantCount + 1)
        list = .allocate(capacity: max(1, count))
        for position in 0..<count { starts[Int(tenants[position]) + 1] += 1 }
        for tenant in 0..<tenantCount { starts[tenant + 1] += starts[tenant] }
        let next = UnsafeMutablePointer<UInt32>.allocate(capacity: tenantCount + 1)
        defer { next.deallocate() }
        next.update(from: starts, count: tenantCount + 1)
        for position in 0..<count {
            let tenant = Int(tenants[position])
            list[Int(next[tenant])] = UInt32(position)
            next[tenant] += 1
        }
    }

    deinit {
        starts.deallocate()
        list.deallocate()
    }

    var bytes: Int { 4 * (count + tenantCount + 1) }

    /// Empty for a tenant that came after this grid was built.
    func positions(_ tenant: UInt32) -> UnsafeBufferPointer<UInt32> {
        guard Int(tenant) < tenantCount else { return UnsafeBufferPointer(start: list, count: 0) }
        let start = Int(starts[Int(tenant)])
        return UnsafeBufferPointer(start: list + start, count: Int(starts[Int(tenant) + 1]) - start)
    }
}
