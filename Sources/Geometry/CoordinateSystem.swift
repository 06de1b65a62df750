public import Geodesy
import Synchronization

/// A coordinate system of the EPSG register, or any other that PROJ knows, to read positions from.
///
/// Safe to share: transformations wait for one another. Making one opens PROJ's database (milliseconds), so keep it.
public final class CoordinateSystem: Sendable {
    /// The code it was made from.
    public let code: String

    private let handle: Mutex<ProjTransformation>

    /// Takes a code such as `EPSG:25832`; throws ``GeometryError/unknownCoordinateSystem(code:reason:)``.
    public init(_ code: String) throws(GeometryError) {
        self.code = code
        handle = Mutex(try ProjTransformation(from: code))
    }

    /// The position on WGS 84 of x = easting or longitude, y = northing or latitude, in the system's units, whatever
    /// order its axes are registered in.
    ///
    /// Throws ``GeometryError/transformation(x:y:reason:)`` for a NaN, an infinity or a position without a
    /// counterpart, and ``GeometryError/outsideAreaOfUse(x:y:area:)`` for one more than a degree outside of the area
    /// that the register names for the system.
    public func toWGS84(x: Double, y: Double) throws(GeometryError) -> Coordinate {
        try handle.withLock { handle throws(GeometryError) in try handle.toWGS84(x: x, y: y) }
    }

    /// The positions in the order of the input; a failure stands in its place and stops none of the others.
    public func toWGS84(_ positions: [(x: Double, y: Double)]) -> [Result<Coordinate, GeometryError>] {
        handle.withLock { handle in
            positions.map { position in
                Result { () throws(GeometryError) in try handle.toWGS84(x: position.x, y: position.y) }
            }
        }
    }
}
