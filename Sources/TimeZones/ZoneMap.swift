import CTimeZoneMap
public import Geodesy

/// The time zones of the earth: a quadtree whose leaves say which zones come within 1.1 km of them.
///
/// Made of timezone-boundary-builder's polygons (ODbL, OpenStreetMap contributors), see `data/README.md`. A leaf is 2.4
/// km wide where zones of one country meet near people, 10 km where countries meet, 20 km where nobody lives. The open
/// sea has no zone.
public final class ZoneMap: Sendable {
    /// The map that is compiled in; unpacked at its first use.
    public static let shared = ZoneMap(
        UnsafeBufferPointer(start: time_zone_map, count: time_zone_map_size))

    /// Two squares of 180 degrees, the western one first; a node is a set's number, or the complement of the index of
    /// the first of its four quarters.
    private let nodes: [Int32]
    /// The zones of a leaf; where two of one country show the same time, first the one that has most of it.
    private let sets: [[String]]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var reader = ZoneMapReader(bytes)
        let names = (0..<reader.number()).map { _ in reader.text() }
        sets = (0..<reader.number()).map { _ in
            (0..<Int(reader.byte())).map { _ in names[reader.number()] }
        }
        var nodes: [Int32] = [0, 0]
        nodes.reserveCapacity(400_000)
        for square in 0...1 { reader.unpack(into: &nodes, at: square) }
        self.nodes = nodes
    }

    /// The zones that hold at a position or within a few kilometres of it; more than one near a border and where two
    /// are in use, none on the open sea. Where two of one country show the same time, the likeliest comes first.
    public func zones(near position: Coordinate) -> [String] {
        var square = Square.root(east: position.longitude >= 0)
        var node = nodes[position.longitude >= 0 ? 1 : 0]
        while node < 0 {
            let quarter = square.quarter(of: position)
            node = nodes[Int(~node) + quarter]
            square = square.divided(quarter)
        }
        return sets[Int(node)]
    }

    /// Whether any of some zones comes within a distance of a position, or somewhat more.
    public func comes(any zones: Set<String>, within distance: Meters, of position: Coordinate) -> Bool {
        let high = distance.value / 110_574
        let farthest = min(abs(position.latitude) + high, 89)
        // The cosine of a latitude, by its first terms from below, so that the box is rather too wide.
        let radians = farthest * .pi / 180
        let cosine = max(1 - radians * radians / 2, 0.01)
        let wide = min(high / cosine, 180)
        let areas = [0, -360, 360].map { turn in
            Square.Area(
                west: position.longitude + Double(turn) - wide, east: position.longitude + Double(turn) + wide,
                south: position.latitude - high, north: position.latitude + high)
        }
        return areas.contains { area in
            [false, true].contains { search(zones, area, .root(east: $0), nodes[$0 ? 1 : 0]) }
        }
    }

    private func search(_ zones: Set<String>, _ area: Square.Area, _ square: Square, _ node: Int32) -> Bool {
        guard square.meets(area) else { return false }
        guard node < 0 else { return !zones.isDisjoint(with: sets[Int(node)]) }
        return (0..<4).contains { search(zones, area, square.divided($0), nodes[Int(~node) + $0]) }
    }
}

/// A square of the map, in degrees.
private struct Square {
    struct Area {
        var west: Double
        var east: Double
        var south: Double
        var north: Double
    }

    var west: Double
    var south: Double
    var size: Double

    static func root(east: Bool) -> Square { Square(west: east ? 0 : -180, south: -90, size: 180) }

    /// From south-west over south-east and north-west to north-east.
    func quarter(of position: Coordinate) -> Int {
        (position.latitude >= south + size / 2 ? 2 : 0) + (position.longitude >= west + size / 2 ? 1 : 0)
    }

    func divided(_ quarter: Int) -> Square {
        let half = size / 2
        return Square(west: west + (quarter & 1 == 1 ? half : 0), south: south + (quarter > 1 ? half : 0), size: half)
    }

    func meets(_ area: Area) -> Bool {
        west <= area.east && west + size >= area.west && south <= area.north && south + size >= area.south
    }
}
