import Foundation

/// A tile of the Web Mercator pyramid (EPSG:3857, rows counted from the north), zoom 0 to 22.
public struct Tile: Sendable, Hashable {
    /// Level of the pyramid; it has 2^zoom columns and rows.
    public let zoom: Int
    /// Column, from 180° W.
    public let x: Int
    /// Row, from the north.
    public let y: Int

    /// The latitude where the square map ends, atan(sinh π) in degrees; positions beyond are drawn on its edge.
    public static let latitudeLimit = atan(sinh(Double.pi)) * 180 / .pi

    /// Units to a tile's side in a vector tile, by convention.
    public static let extent = 4096

    /// Throws ``GeodesyError/zoom(_:)`` or ``GeodesyError/tile(zoom:x:y:)`` for a tile that does not exist.
    public init(zoom: Int, x: Int, y: Int) throws(GeodesyError) {
        guard (0...22).contains(zoom) else { throw .zoom(zoom) }
        guard (0..<(1 << zoom)).contains(x), (0..<(1 << zoom)).contains(y) else {
            throw .tile(zoom: zoom, x: x, y: y)
        }
        self.init(uncheckedZoom: zoom, x: x, y: y)
    }

    /// The tile that shows a position; throws ``GeodesyError/zoom(_:)``.
    public init(_ coordinate: Coordinate, zoom: Int) throws(GeodesyError) {
        guard (0...22).contains(zoom) else { throw .zoom(zoom) }
        let (east, south) = Self.mercator(coordinate)
        let side = 1 << zoom
        self.init(
            uncheckedZoom: zoom, x: min(side - 1, Int(east * Double(side))), y: min(side - 1, Int(south * Double(side)))
        )
    }

    private init(uncheckedZoom zoom: Int, x: Int, y: Int) {
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The tile's extent; the outermost rows end at ``latitudeLimit``.
    public var boundingBox: BoundingBox {
        let side = Double(1 << zoom)
        return BoundingBox(
            uncheckedWest: Double(x) / side * 360 - 180, south: Self.latitude(south: Double(y + 1) / side),
            east: Double(x + 1) / side * 360 - 180, north: Self.latitude(south: Double(y) / side))
    }

    /// A position in the tile's own units from its north-west corner, x to the east and y to the south; it lies
    /// outside of 0..<extent for a position outside of the tile.
    public func position(of coordinate: Coordinate, extent: Int = Tile.extent) -> (x: Int, y: Int) {
        let (east, south) = Self.mercator(coordinate)
        let side = Double(1 << zoom)
        return (
            Int(((east * side - Double(x)) * Double(extent)).rounded(.down)),
            Int(((south * side - Double(y)) * Double(extent)).rounded(.down))
        )
    }

    /// The tile of the next lower zoom around this one; nil at zoom 0.
    public var parent: Tile? { zoom == 0 ? nil : Tile(uncheckedZoom: zoom - 1, x: x / 2, y: y / 2) }

    /// The four tiles of the next zoom, north-west, north-east, south-west, south-east; empty at zoom 22.
    public var children: [Tile] {
        guard zoom < 22 else { return [] }
        return [(0, 0), (1, 0), (0, 1), (1, 1)].map {
            Tile(uncheckedZoom: zoom + 1, x: 2 * x + $0.0, y: 2 * y + $0.1)
        }
    }

    /// The position on the map as parts of its side from the north-west corner, each within 0...1.
    private static func mercator(_ coordinate: Coordinate) -> (east: Double, south: Double) {
        let east = (coordinate.longitude + 180) / 360
        // The formula's rounding must not move what lies on the map's edge off it.
        guard coordinate.latitude < latitudeLimit else { return (east, 0) }
        guard coordinate.latitude > -latitudeLimit else { return (east, 1) }
        let south = (1 - asinh(tan(coordinate.latitude * .pi / 180)) / .pi) / 2
        return (east, min(max(south, 0), 1))
    }

    private static func latitude(south: Double) -> Double { atan(sinh(.pi * (1 - 2 * south))) * 180 / .pi }
}

extension Tile: CustomStringConvertible {
    /// `zoom/x/y`, as in a tile's address.
    public var description: String { "\(zoom)/\(x)/\(y)" }
}
