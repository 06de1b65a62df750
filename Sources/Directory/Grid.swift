import Foundation
import Geodesy
import Salons

/// Published salons in columns sorted by their 60-bit geohash, with a tree of boxes over them.
///
/// Position p of every column is the same salon. Points are kept in earth-centred metres, leaf by leaf (a leaf's x,
/// then its y, then its z), so that scanning a leaf reads one stretch of memory and needs no trigonometry, and neither
/// the poles nor ±180° are special.
///
/// `@unchecked Sendable`: the columns are written by the initializer only.
final class Grid: @unchecked Sendable {
    let count: Int
    let store: ColdStore
    let tree: GridTree
    let cells: UnsafeMutablePointer<UInt64>
    /// For a leaf of n salons that begins at p: n doubles from 3p on are x, the next n y, the next n z.
    let points: UnsafeMutablePointer<Double>
    let categories: UnsafeMutablePointer<UInt32>
    let attributes: UnsafeMutablePointer<UInt32>
    let quality: UnsafeMutablePointer<Int32>
    let tenants: UnsafeMutablePointer<UInt32>
    let hours: UnsafeMutablePointer<UInt32>
    let cold: UnsafeMutablePointer<UInt32>
    let tenths: UnsafeMutablePointer<Int8>
    let prices: UnsafeMutablePointer<UInt8>
    /// One bit a position, set where a leaf begins and after the last salon.
    private let leafStarts: UnsafeMutableRawPointer
    private let identities: IdentityIndex
    private let byTenant: TenantPositions?

    /// Sorts and indexes salons whose cold references belong to `store`. With a `tenantCount` each tenant's positions
    /// are listed too.
    init(_ staged: [StagedSalon], store: ColdStore, tenantCount: Int?) {
        let count = staged.count
        self.count = count
        self.store = store
        let size = max(1, count)
        let cells = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        let categories = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
        let attributes = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
        let quality = UnsafeMutablePointer<Int32>.allocate(capacity: size)
        let tenants = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
        let hours = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
        let cold = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
        let tenths = UnsafeMutablePointer<Int8>.allocate(capacity: size)
        let prices = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        // The scan loads two numbers at a time and may look at one beyond the last.
        let points = ScatteredMemory.allocate(Double.self, count: 3 * size + 2)
        points.initialize(repeating: 0, count: 3 * size + 2)
        let bitmap = UnsafeMutableRawPointer.allocate(byteCount: Self.bitmapBytes(count), alignment: 8)
        bitmap.initializeMemory(as: UInt8.self, repeating: 0, count: Self.bitmapBytes(count))
        let order = RadixOrder(staged)
        tree = staged.withUnsafeBufferPointer { staged in
            for position in 0..<count { cells[position] = staged[order[position]].cell }
            let leaves = LeafPartition(cells: cells, count: count)
            for leaf in 0...leaves.count {
                let start = leaves.start(leaf)
                let byte = (bitmap + start >> 3).assumingMemoryBound(to: UInt8.self)
                byte.pointee |= 1 << UInt8(start & 7)
            }
            Parallel.forEach(chunksOf: leaves.count) { leafRange in
                for leaf in leafRange {
                    let start = leaves.start(leaf)
                    let end = leaves.start(leaf + 1)
                    for position in start..<end {
                        let salon = staged[order[position]]
                        categories[position] = salon.categoryBits
                        attributes[position] = salon.attributeBits
                        quality[position] = salon.quality
                        tenants[position] = salon.tenant
                        hours[position] = salon.hours
                        cold[position] = salon.cold
                        tenths[position] = salon.ratingTenths
                        prices[position] = salon.priceLevel
                        let point = EarthCenteredPoint(
                            Coordinate(uncheckedLatitude: salon.latitude, longitude: salon.longitude))
                        let x = 2 * start + position
                        points[x] = point.x
                        points[x + (end - start)] = point.y
                        points[x + 2 * (end - start)] = point.z
                    }
                }
            }
            return GridTree(
                leaves: leaves, cells: cells, points: points, categories: categories, attributes: attributes,
                quality: quality, tenths: tenths)
        }
        identities = IdentityIndex(count: count) { store.idWords(cold[$0]) }
        byTenant = tenantCount.map {
            TenantPositions(tenants: tenants, count: count, tenantCount: $0) {
                Self.point($0, points: points, leafStarts: bitmap)
            }
        }
        leafStarts = bitmap
        self.cells = cells
        self.points = points
        self.categories = categories
        self.attributes = attributes
        self.quality = quality
        self.tenants = tenants
        self.hours = hours
        self.cold = cold
        self.tenths = tenths
        self.prices = prices
    }

    deinit {
        cells.deallocate()
        points.deallocate()
        leafStarts.deallocate()
        categories.deallocate()
        attributes.deallocate()
        quality.deallocate()
        tenants.deallocate()
        hours.deallocate()
        cold.deallocate()
        tenths.deallocate()
        prices.deallocate()
    }

    /// Bytes of columns, tree and tables; without the cold store.
    var indexBytes: Int {
        count * (8 + 24 + 6 * 4 + 2) + Self.bitmapBytes(count) + tree.bytes + identities.bytes + (byTenant?.bytes ?? 0)
    }

    /// The point of a salon whose leaf is not at hand: its leaf begins at the last set bit up to it.
    @inline(__always)
    func point(_ position: Int) -> EarthCenteredPoint {
        Self.point(position, points: points, leafStarts: leafStarts)
    }

    @inline(__always)
    private static func point(
        _ position: Int, points: UnsafeMutablePointer<Double>, leafStarts: UnsafeMutableRawPointer
    ) -> EarthCenteredPoint {
        let firstByte = max(0, position >> 3 - 3)
        let bits = leafStarts.loadUnaligned(fromByteOffset: firstByte, as: UInt64.self)
        let offset = position - firstByte * 8
        let start = firstByte * 8 + 63 - (bits & ((2 << UInt64(offset)) - 1)).leadingZeroBitCount
        let size = position + 1 + (bits >> UInt64(offset + 1)).trailingZeroBitCount - start
        let x = points + (2 * start + position)
        return EarthCenteredPoint(x: x[0], y: x[size], z: x[2 * size])
    }

    /// Loads of eight bytes may begin at any byte of a position.
    private static func bitmapBytes(_ count: Int) -> Int { count / 8 + 16 }

    func coordinate(_ position: Int) -> Coordinate { store.coordinate(cold[position]) }

    func id(_ position: Int) -> SalonID { store.id(cold[position]) }

    /// The position of a salon, or nil.
    func position(of id: SalonID) -> Int? {
        identities.position(of: id) { store.idWords(cold[$0]) }
    }

    /// A tenant's positions in order; nil when this grid keeps no lists.
    func positions(ofTenant tenant: UInt32) -> TenantPositions.List? { byTenant?.positions(tenant) }

    func staged(_ position: Int, cold reference: UInt32) -> StagedSalon {
        let coordinate = coordinate(position)
        return StagedSalon(
            cell: cells[position], latitude: coordinate.latitude, longitude: coordinate.longitude, cold: reference,
            categoryBits: categories[position], attributeBits: attributes[position], quality: quality[position],
            tenant: tenants[position], hours: hours[position], ratingTenths: tenths[position],
            priceLevel: prices[position])
    }

    /// The positions whose cells lie within a range of codes.
    func positions(in range: ClosedRange<UInt64>) -> Range<Int> {
        let low = firstPosition { $0 >= range.lowerBound }
        return low..<max(low, firstPosition { $0 > range.upperBound })
    }

    private func firstPosition(where isBeyond: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(cells[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
