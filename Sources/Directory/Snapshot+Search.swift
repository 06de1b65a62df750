import Salons

extension Snapshot {
    /// The hits of a query in its order, at most one more than its limit, and how many candidates were looked at.
    func search(_ query: SalonQuery) throws(DirectoryError) -> (hits: [Hit], examined: Int) {
        guard (1...1_000_000).contains(query.limit) else { throw .limit(query.limit) }
        var tenant: UInt32?
        if let wanted = query.tenant {
            guard let number = tenants.existingNumber(of: wanted) else { return ([], 0) }
            tenant = number
        }
        let plan = SearchPlan(query, tenant: tenant, hours: hours)
        var examined = 0
        if plan.order == .distance, query.region.isDecidedByDistance {
            let (hits, count, isExact) = withUnsafePointer(to: plan) { nearest($0) }
            if isExact { return (hits, count) }
            examined = count
        }
        var search = OrderedSearch(plan)
        for (number, level) in levels.enumerated() where level.live > 0 {
            search.search(level, number: UInt32(number))
        }
        examined += search.examined
        return (search.finish(), examined)
    }

    private func nearest(_ plan: UnsafePointer<SearchPlan>) -> (hits: [Hit], examined: Int, isExact: Bool) {
        let capacity = min(plan.pointee.wanted, max(1, count))
        return withUnsafeTemporaryAllocation(of: NearestSearch.Entry.self, capacity: capacity) { heap in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: NearestSearch.stackSize) { stack in
                guard let heapBase = heap.baseAddress, let stackBase = stack.baseAddress else { return ([], 0, true) }
                var search = NearestSearch(plan, capacity: capacity, heap: heapBase, stack: stackBase)
                for number in levels.indices where levels[number].live > 0 {
                    search.search(levels[number], number: UInt32(number))
                }
                let isExact = search.isExact
                return (isExact ? search.finish(self) : [], search.examined, isExact)
            }
        }
    }
}

extension SearchRegion {
    var isDecidedByDistance: Bool {
        switch self {
        case .everywhere, .circle: true
        case .box, .area: false
        }
    }
}
