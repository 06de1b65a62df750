import CPrefetch
import Geodesy
import Salons

/// The k nearest salons within a circle or everywhere, by branch and bound over the tree: the common search.
///
/// Candidates compete by squared chord, which needs no root. Chord and geodesic order differ only for salons whose
/// distances agree to about 4e-17 times the squared chord, so the few kept are ordered by exact distance at the end;
/// when one that was dropped lies that close to the last one kept, `isExact` is false and `OrderedSearch` has to
/// answer.
struct NearestSearch {
    struct Entry {
        var chordSquared: Double
        var place: UInt32
    }

    /// Lent for the search: a plan is large, and it is read all the time.
    private let plan: UnsafePointer<SearchPlan>
    private let isFiltered: Bool
    private let capacity: Int
    /// A binary heap, farthest first.
    private let heap: UnsafeMutablePointer<Entry>
    private let stack: UnsafeMutablePointer<UInt64>
    private var count = 0
    /// Squared chord beyond which nothing matters any more.
    private var limit: Double
    private var nearestDropped = Double.infinity
    private let afterLow: Double
    private let afterHigh: Double
    private(set) var examined = 0

    /// Seven of eight nodes wait at each of at most 32 levels.
    static let stackSize = 256

    /// How many nodes' memory is asked for ahead of time; more than the processor can have under way only delays.
    private static let leavesAhead = 8
    private static let blocksAhead = 4

    init(
        _ plan: UnsafePointer<SearchPlan>, capacity: Int, heap: UnsafeMutablePointer<Entry>,
        stack: UnsafeMutablePointer<UInt64>
    ) {
        self.plan = plan
        isFiltered = plan.pointee.filter.isNeeded
        self.heap = heap
        self.stack = stack
        self.capacity = capacity
        limit = plan.pointee.outerSquared
        if let after = plan.pointee.after {
            let low = EarthCenteredPoint.chordLowerBound(geodesic: max(0, after.distance.value - SearchPlan.slack))
            let high = EarthCenteredPoint.chordUpperBound(geodesic: after.distance.value + SearchPlan.slack)
            afterLow = low * low
            afterHigh = high * high
        } else {
            afterLow = -1
            afterHigh = -1
        }
    }

    /// Whether the order of the salons that `finish` gives is beyond doubt.
    var isExact: Bool {
        count < capacity
            || nearestDropped > Self.widened(heap[0].chordSquared)
    }

    /// The squared chord up to which a salon may be nearer by geodesic than one at `chordSquared`.
    @inline(__always)
    private static func widened(_ chordSquared: Double) -> Double {
        chordSquared <= SearchPlan.seriesChordSquared
            ? chordSquared * (1 + 1e-11 + chordSquared * 4.5e-17) : widenedFar(chordSquared)
    }

    /// Beyond the series by the bounds that hold for every pair of points.
    @inline(never)
    private static func widenedFar(_ chordSquared: Double) -> Double {
        let farthest = EarthCenteredPoint.geodesicUpperBound(chord: chordSquared.squareRoot())
        let chord = EarthCenteredPoint.chordUpperBound(geodesic: farthest + SearchPlan.slack)
        return chord * chord
    }

    mutating func search(_ level: Level, number: UInt32) {
        let grid = level.grid
        if let list = plan.pointee.tenantList(grid) {
            scan(list, level, number)
            return
        }
        let tree = grid.tree
        guard tree.blockCount > 0 else { return }
        var depth = 0
        push(tree, block: tree.root, points: grid.points, &depth)
        while depth > 0 {
            depth -= 1
            let entry = stack[depth]
            if Double(Float(bitPattern: UInt32(entry >> 32))) > limit { continue }
            let node = Int(entry & 0xFFFF_FFFF)
            if node < tree.leafBlockCount * GridTree.fanOut {
                scan(level, number, start: tree.link(node), size: tree.leafSize(node))
            } else {
                push(tree, block: tree.link(node), points: grid.points, &depth)
            }
        }
    }

    /// Goes through a tenant's salons by their rounded points, which lie side by side, and looks up only those that may
    /// be near enough.
    private mutating func scan(_ list: TenantPositions.List, _ level: Level, _ number: UInt32) {
        let origin = plan.pointee.point
        let (x, y, z) = (Float(origin.x), Float(origin.y), Float(origin.z))
        examined += list.count
        var known = Double.nan
        var rounded = Float.infinity
        for index in 0..<list.count {
            if limit != known {
                known = limit
                rounded = TenantPositions.roundedLimit(limit)
            }
            let point = list.points + 3 * index
            let dx = point[0] - x
            let dy = point[1] - y
            let dz = point[2] - z
            guard dx * dx + dy * dy + dz * dz <= rounded else { continue }
            let position = Int(list.positions[index])
            let chordSquared = origin.chordSquared(to: level.grid.point(position))
            if chordSquared <= limit { consider(position, chordSquared, level, number) }
        }
    }

    /// Puts the nodes of a block that matter on the stack, the nearest on top.
    @inline(__always)
    private func push(
        _ tree: borrowing GridTree, block: Int, points: UnsafePointer<Double>, _ depth: inout Int
    ) {
        let bounds = plan.pointee.boundsSquared(tree, block: block)
        let bottom = depth
        for slot in 0..<GridTree.fanOut {
            let bound = bounds[slot]
            guard Double(bound) <= limit, bound < .infinity else { continue }
            let node = block * GridTree.fanOut + slot
            if isFiltered, !plan.pointee.filter.mayPass(tree, node: node) { continue }
            let entry = UInt64(bound.bitPattern) << 32 | UInt64(truncatingIfNeeded: node)
            var place = depth
            while place > bottom, stack[place - 1] < entry {
                stack[place] = stack[place - 1]
                place -= 1
            }
            stack[place] = entry
            depth += 1
        }
        // Most of what was put on the stack is read soon, and hardly any of it is in a cache: the loads of one node
        // run while another is worked on.
        guard depth > bottom else { return }
        if block < tree.leafBlockCount {
            for place in max(bottom, depth - Self.leavesAhead)..<depth {
                let node = Int(stack[place] & 0xFFFF_FFFF)
                let leaf = UnsafeRawPointer(points + 3 * tree.link(node))
                prefetch_line(leaf)
                prefetch_line(leaf + 64)
                prefetch_line(leaf + 128)
                prefetch_line(leaf + 192)
            }
        } else {
            for place in max(bottom, depth - Self.blocksAhead)..<depth {
                let below = UnsafeRawPointer(
                    tree.blocks + tree.link(Int(stack[place] & 0xFFFF_FFFF)) * GridTree.blockBytes)
                prefetch_line(below)
                prefetch_line(below + 64)
                prefetch_line(below + 128)
                prefetch_line(below + 192)
            }
        }
    }

    @inline(__always)
    private mutating func scan(_ level: Level, _ number: UInt32, start: Int, size: Int) {
        examined += size
        let x = UnsafeRawPointer(level.grid.points + 3 * start)
        let origin = plan.pointee.point
        var index = 0
        while index < size {
            let at = x + 8 * index
            let dx = at.loadUnaligned(as: SIMD2<Double>.self) - origin.x
            let dy = (at + 8 * size).loadUnaligned(as: SIMD2<Double>.self) - origin.y
            let dz = (at + 16 * size).loadUnaligned(as: SIMD2<Double>.self) - origin.z
            let chordSquared = dx * dx + dy * dy + dz * dz
            if chordSquared[0] <= limit { consider(start + index, chordSquared[0], level, number) }
            if chordSquared[1] <= limit, index + 1 < size {
                consider(start + index + 1, chordSquared[1], level, number)
            }
            index += 2
        }
    }

    @inline(__always)
    private mutating func consider(_ position: Int, _ chordSquared: Double, _ level: Level, _ number: UInt32) {
        if isFiltered, !plan.pointee.filter.passes(level.grid, position) { return }
        if let removed = level.removed, removed.contains(position) { return }
        if chordSquared > plan.pointee.innerSquared, !isInside(position, chordSquared, level.grid) { return }
        if chordSquared <= afterHigh, !isAfter(position, chordSquared, level.grid) { return }
        let entry = Entry(chordSquared: chordSquared, place: number << Level.positionBits | UInt32(position))
        if count < capacity {
            heap[count] = entry
            count += 1
            siftUp(count - 1)
            if count < capacity { return }
        } else if chordSquared < heap[0].chordSquared {
            nearestDropped = min(nearestDropped, heap[0].chordSquared)
            replaceTop(entry)
        } else {
            nearestDropped = min(nearestDropped, chordSquared)
            return
        }
        limit = min(plan.pointee.outerSquared, Self.widened(heap[0].chordSquared))
    }

    @inline(never)
    private func isInside(_ position: Int, _ chordSquared: Double, _ grid: Grid) -> Bool {
        plan.pointee.distance(grid, position, chordSquared: chordSquared) <= plan.pointee.radius
    }

    @inline(never)
    private func isAfter(_ position: Int, _ chordSquared: Double, _ grid: Grid) -> Bool {
        guard let after = plan.pointee.after, chordSquared >= afterLow else { return false }
        let distance = Meters(plan.pointee.distance(grid, position, chordSquared: chordSquared))
        return after < SortKey(band: 0, rank: 0, distance: distance, id: grid.id(position))
    }

    private func siftUp(_ start: Int) {
        var child = start
        let entry = heap[child]
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent].chordSquared >= entry.chordSquared { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = entry
    }

    private func replaceTop(_ entry: Entry) { siftDown(entry, count: count) }

    /// Puts an entry into the place of the top among the first `count`.
    private func siftDown(_ entry: Entry, count: Int) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < count else { break }
            if child + 1 < count, heap[child + 1].chordSquared > heap[child].chordSquared { child += 1 }
            if heap[child].chordSquared <= entry.chordSquared { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = entry
    }

    /// The salons found, by distance and identifier.
    func finish(_ snapshot: Snapshot) -> [Hit] {
        for last in stride(from: count - 1, to: 0, by: -1) {
            let top = heap[0]
            siftDown(heap[last], count: last)
            heap[last] = top
        }
        return [Hit](unsafeUninitializedCapacity: count) { hits, filled in
            for index in 0..<count {
                let entry = heap[index]
                let grid = snapshot.levels[Int(entry.place >> Level.positionBits)].grid
                let distance = plan.pointee.distance(
                    grid, Int(entry.place & Level.positionMask), chordSquared: entry.chordSquared)
                let hit = Hit(distance: Meters(distance), place: entry.place)
                var place = index
                while place > 0, snapshot.precedes(hit, hits[place - 1]) {
                    hits[place] = hits[place - 1]
                    place -= 1
                }
                hits.initializeElement(at: place, to: hit)
            }
            filled = count
        }
    }
}
