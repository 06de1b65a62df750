/// A tree of boxes over the leaves of a grid: blocks of eight nodes whose boxes lie side by side for vector arithmetic.
///
/// Blocks are numbered from the leaves upwards; a block below `leafBlockCount` holds leaves, the others hold blocks,
/// and the last block is the root. A box is in earth-centred metres, as Float32 rounded outwards; an empty slot's box
/// is infinitely far away.
///
/// `@unchecked Sendable`: the memory is written by the initializer only.
struct GridTree: @unchecked Sendable {
    static let fanOut = 8
    static let blockBytes = 256

    /// A block is 256 bytes, four cache lines that are read together: minX, minY, minZ, maxX, maxY, maxZ, eight numbers
    /// each; eight links (for a leaf its first position, else the block that the node stands for); eight bytes with the
    /// sizes of leaves.
    let blocks: UnsafeMutableRawPointer
    /// The positions of a node's salons are starts ..< ends.
    let starts: UnsafeMutablePointer<UInt32>
    let ends: UnsafeMutablePointer<UInt32>
    let categories: UnsafeMutablePointer<UInt32>
    let attributes: UnsafeMutablePointer<UInt32>
    let quality: UnsafeMutablePointer<Int32>
    let tenths: UnsafeMutablePointer<Int8>
    let leafBlockCount: Int
    let blockCount: Int
    private let owner: Memory

    var root: Int { blockCount - 1 }
    var bytes: Int { blockCount * Self.fanOut * (32 + 4 * 5 + 1) }

    /// Frees the memory with the last copy of the tree.
    ///
    /// `@unchecked Sendable`: the pointer does not change, and what it points to only as the tree says.
    private final class Memory: @unchecked Sendable {
        let base: UnsafeMutableRawPointer
        init(_ base: UnsafeMutableRawPointer) { self.base = base }
        deinit { base.deallocate() }
    }

    init(
        leaves: LeafPartition, cells: UnsafePointer<UInt64>, points: UnsafePointer<Double>,
        categories: UnsafePointer<UInt32>, attributes: UnsafePointer<UInt32>, quality: UnsafePointer<Int32>,
        tenths: UnsafePointer<Int8>
    ) {
        var levels: [[UInt32]] = []
        var firstPosition = (0..<leaves.count).map { UInt32(leaves.start($0)) }
        var nodeCount = leaves.count
        while nodeCount > 0 {
            let below = firstPosition
            let groups = LeafPartition.starts(count: nodeCount, atLeast: 4, atMost: Self.fanOut) {
                cells[Int(below[$0]) - 1] ^ cells[Int(below[$0])]
            }
            levels.append(groups)
            nodeCount = groups.count - 1
            firstPosition = groups.dropLast().map { below[Int($0)] }
            if nodeCount == 1 { break }
        }
        leafBlockCount = (levels.first?.count ?? 1) - 1
        blockCount = levels.reduce(0) { $0 + $1.count - 1 }
        let slots = max(1, blockCount) * Self.fanOut
        owner = Memory(ScatteredMemory.allocate(byteCount: slots * (Self.blockBytes / Self.fanOut + 21)))
        let base = owner.base
        blocks = base
        starts = (base + 32 * slots).bindMemory(to: UInt32.self, capacity: slots)
        ends = (base + 36 * slots).bindMemory(to: UInt32.self, capacity: slots)
        self.categories = (base + 40 * slots).bindMemory(to: UInt32.self, capacity: slots)
        self.attributes = (base + 44 * slots).bindMemory(to: UInt32.self, capacity: slots)
        self.quality = (base + 48 * slots).bindMemory(to: Int32.self, capacity: slots)
        self.tenths = (base + 52 * slots).bindMemory(to: Int8.self, capacity: slots)
        clear()

        var block = 0
        var blockBelow = 0
        for (level, groups) in levels.enumerated() {
            let firstBlock = block
            for group in 0..<groups.count - 1 {
                for (slot, child) in (Int(groups[group])..<Int(groups[group + 1])).enumerated() {
                    let node = block * Self.fanOut + slot
                    if level == 0 {
                        fillLeaf(
                            node, leaves.start(child)..<leaves.start(child + 1), points, categories, attributes,
                            quality,
                            tenths)
                    } else {
                        fillInner(node, block: blockBelow + child)
                    }
                }
                block += 1
            }
            blockBelow = firstBlock
        }
    }

    /// The block that an inner node stands for, or a leaf's first position.
    @inline(__always)
    func link(_ node: Int) -> Int {
        let block = blocks + node / Self.fanOut * Self.blockBytes
        return Int(block.load(fromByteOffset: 192 + 4 * (node % Self.fanOut), as: UInt32.self))
    }

    @inline(__always)
    func leafSize(_ node: Int) -> Int {
        let block = blocks + node / Self.fanOut * Self.blockBytes
        return Int(block.load(fromByteOffset: 224 + node % Self.fanOut, as: UInt8.self))
    }

    private func setLink(_ node: Int, _ link: UInt32, leafSize: UInt8) {
        let block = blocks + node / Self.fanOut * Self.blockBytes
        block.storeBytes(of: link, toByteOffset: 192 + 4 * (node % Self.fanOut), as: UInt32.self)
        block.storeBytes(of: leafSize, toByteOffset: 224 + node % Self.fanOut, as: UInt8.self)
    }

    private func clear() {
        let slots = max(1, blockCount) * Self.fanOut
        for slot in 0..<slots {
            for axis in 0..<3 {
                set(slot, axis, minimum: .infinity, maximum: -.infinity)
            }
            setLink(slot, 0, leafSize: 0)
            starts[slot] = 0
            ends[slot] = 0
            categories[slot] = 0
            attributes[slot] = 0
            quality[slot] = .min
            tenths[slot] = -1
        }
    }

    private func set(_ node: Int, _ axis: Int, minimum: Float, maximum: Float) {
        let place = blocks + node / Self.fanOut * Self.blockBytes + 4 * (node % Self.fanOut)
        place.storeBytes(of: minimum, toByteOffset: 32 * axis, as: Float.self)
        place.storeBytes(of: maximum, toByteOffset: 96 + 32 * axis, as: Float.self)
    }

    private func fillLeaf(
        _ node: Int, _ range: Range<Int>, _ points: UnsafePointer<Double>, _ categories: UnsafePointer<UInt32>,
        _ attributes: UnsafePointer<UInt32>, _ quality: UnsafePointer<Int32>, _ tenths: UnsafePointer<Int8>
    ) {
        starts[node] = UInt32(range.lowerBound)
        ends[node] = UInt32(range.upperBound)
        setLink(node, UInt32(range.lowerBound), leafSize: UInt8(range.count))
        for axis in 0..<3 {
            var minimum = Double.infinity
            var maximum = -Double.infinity
            for index in 0..<range.count {
                let value = points[3 * range.lowerBound + axis * range.count + index]
                minimum = min(minimum, value)
                maximum = max(maximum, value)
            }
            set(node, axis, minimum: Self.down(minimum), maximum: Self.up(maximum))
        }
        for position in range {
            self.categories[node] |= categories[position]
            self.attributes[node] |= attributes[position]
            self.quality[node] = max(self.quality[node], quality[position])
            self.tenths[node] = max(self.tenths[node], tenths[position])
        }
    }

    private func fillInner(_ node: Int, block: Int) {
        setLink(node, UInt32(block), leafSize: 0)
        let slots = block * Self.fanOut..<(block + 1) * Self.fanOut
        starts[node] = starts[slots.lowerBound]
        for axis in 0..<3 {
            let bounds = blocks + block * Self.blockBytes + 32 * axis
            let minimum = bounds.load(as: SIMD8<Float>.self).min()
            let maximum = bounds.load(fromByteOffset: 96, as: SIMD8<Float>.self).max()
            set(node, axis, minimum: minimum, maximum: maximum)
        }
        for slot in slots {
            ends[node] = max(ends[node], ends[slot])
            categories[node] |= categories[slot]
            attributes[node] |= attributes[slot]
            quality[node] = max(quality[node], quality[slot])
            tenths[node] = max(tenths[node], tenths[slot])
        }
    }

    static func down(_ value: Double) -> Float {
        let rounded = Float(value)
        return Double(rounded) > value ? rounded.nextDown : rounded
    }

    static func up(_ value: Double) -> Float {
        let rounded = Float(value)
        return Double(rounded) < value ? rounded.nextUp : rounded
    }
}
