import Foundation
import Geodesy
import Salons

/// The first k salons in any order and any region, by branch and bound with whole sort keys.
///
/// Nodes are visited best bound first: a node's bound is made of the chord to its box, which no geodesic undercuts, and
/// of its best quality.
struct OrderedSearch {
    struct Entry {
        var key: SortKey
        var place: UInt32
    }

    private struct Bound {
        var band: UInt8
        var rank: Int32
        var distance: Double

        static func < (left: Bound, right: Bound) -> Bool {
            (left.band, left.rank, left.distance) < (right.band, right.rank, right.distance)
        }
    }

    private struct Waiting {
        var bound: Bound
        var node: Int
        var isInside: Bool
    }

    private let plan: SearchPlan
    /// A binary heap, last in the order first.
    private var heap: [Entry] = []
    private var stack: [Waiting] = []
    private(set) var examined = 0

    init(_ plan: SearchPlan) {
        self.plan = plan
    }

    mutating func search(_ level: Level, number: UInt32) {
        let grid = level.grid
        let cover = RegionCover(plan, grid)
        if let list = plan.tenantList(grid) {
            for index in 0..<list.count {
                consider(Int(list.positions[index]), cover, isInside: false, level, number)
            }
            return
        }
        let tree = grid.tree
        guard tree.blockCount > 0 else { return }
        stack.removeAll(keepingCapacity: true)
        push(tree, block: tree.root, cover, isInside: false)
        while let next = stack.popLast() {
            if isBeyond(next.bound) { continue }
            if next.node < tree.leafBlockCount * GridTree.fanOut {
                for position in Int(tree.starts[next.node])..<Int(tree.ends[next.node]) {
                    consider(position, cover, isInside: next.isInside, level, number)
                }
            } else {
                push(tree, block: tree.link(next.node), cover, isInside: next.isInside)
            }
        }
    }

    /// Whether nothing with this bound can come before the last one kept.
    private func isBeyond(_ bound: Bound) -> Bool {
        guard heap.count == plan.wanted else { return false }
        let worst = heap[0].key
        return Bound(band: worst.band, rank: worst.rank, distance: worst.distance.value) < bound
    }

    private func bound(quality: Int32, distance: Double) -> Bound {
        let key = plan.order.key(distance: Meters(distance), quality: quality, id: Self.anyID)
        return Bound(band: key.band, rank: key.rank, distance: distance)
    }

    private mutating func push(
        _ tree: GridTree, block: Int, _ cover: RegionCover, isInside: Bool
    ) {
        let squares = plan.boundsSquared(tree, block: block)
        let bottom = stack.count
        for slot in 0..<GridTree.fanOut {
            let square = Double(squares[slot])
            let node = block * GridTree.fanOut + slot
            guard square <= plan.outerSquared, square < .infinity, plan.filter.mayPass(tree, node: node) else {
                continue
            }
            let least = bound(
                quality: tree.quality[node], distance: max(0, square.squareRoot() - SearchPlan.slack))
            if isBeyond(least) { continue }
            var inside = isInside
            if !inside {
                switch cover.relation(of: Int(tree.starts[node])..<Int(tree.ends[node])) {
                case .outside: continue
                case .inside: inside = true
                case .unsure: break
                }
            }
            var place = stack.count
            stack.append(Waiting(bound: least, node: node, isInside: inside))
            while place > bottom, stack[place - 1].bound < least {
                stack.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    private mutating func consider(
        _ position: Int, _ cover: RegionCover, isInside: Bool, _ level: Level, _ number: UInt32
    ) {
        examined += 1
        let grid = level.grid
        let chordSquared = plan.point.chordSquared(to: grid.point(position))
        guard chordSquared <= plan.outerSquared, level.removed?.contains(position) != true,
            plan.filter.passes(grid, position)
        else { return }
        let distance = plan.distance(grid, position, chordSquared: chordSquared)
        if isBeyond(bound(quality: grid.quality[position], distance: distance)) { return }
        guard isInside || cover.contains(position, distance: distance) else { return }
        let key = plan.order.key(
            distance: Meters(distance), quality: grid.quality[position], id: grid.id(position))
        if let after = plan.after, !(after < key) { return }
        let entry = Entry(key: key, place: number << Level.positionBits | UInt32(position))
        if heap.count < plan.wanted {
            heap.append(entry)
            siftUp()
        } else if key < heap[0].key {
            replaceTop(entry)
        }
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if !(heap[parent].key < heap[child].key) { break }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func replaceTop(_ entry: Entry) {
        heap[0] = entry
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child].key < heap[child + 1].key { child += 1 }
            if !(heap[parent].key < heap[child].key) { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }

    /// The salons found, in order.
    consuming func finish() -> [Hit] {
        heap.sorted { $0.key < $1.key }.map { Hit(distance: $0.key.distance, place: $0.place) }
    }

    /// Stands where a bound needs an identifier that is not compared.
    private static let anyID = SalonID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
}
