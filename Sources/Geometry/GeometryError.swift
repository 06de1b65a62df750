/// Why an area or a coordinate system was refused, or a position could not be transformed.
public enum GeometryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No polygon, or a polygon without a ring.
    case empty
    /// A ring with fewer than four positions; rings count from 0, the outer one.
    case ringTooShort(ring: Int, count: Int)
    /// A ring whose last position differs from its first.
    case ringNotClosed(ring: Int)
    /// A ring with an edge over more than 180 degrees of longitude, which was most likely meant to cross ±180°.
    case ringCrossesAntimeridian(ring: Int)
    /// A shape that crosses or overlaps itself, with GEOS's reason.
    case invalid(reason: String)
    /// GEOS failed, with its message.
    case geos(message: String)
    /// A code that PROJ does not know as a coordinate system with horizontal positions.
    case unknownCoordinateSystem(code: String, reason: String)
    /// A position that has no counterpart on WGS 84.
    case transformation(x: Double, y: Double, reason: String)
    /// A position that PROJ transforms to a place where its coordinate system is not made for.
    case outsideAreaOfUse(x: Double, y: Double, area: String)

    /// A sentence fit for a client: it names what was refused and why.
    public var description: String {
        switch self {
        case .empty: "an area needs at least one polygon with a ring"
        case .ringTooShort(let ring, let count): "ring \(ring) has \(count) positions; a ring has at least 4"
        case .ringNotClosed(let ring): "ring \(ring) does not end where it begins"
        case .ringCrossesAntimeridian(let ring):
            "ring \(ring) has an edge over more than 180 degrees of longitude; cut the polygon at ±180° "
                + "(RFC 7946, section 3.1.9)"
        case .invalid(let reason): "the area is not valid: \(reason)"
        case .geos(let message): "GEOS failed: \(message)"
        case .unknownCoordinateSystem(let code, let reason): "unknown coordinate system \"\(code)\": \(reason)"
        case .transformation(let x, let y, let reason): "x \(x), y \(y) has no position on WGS 84: \(reason)"
        case .outsideAreaOfUse(let x, let y, let area):
            "x \(x), y \(y) lies outside of the coordinate system's area of use (\(area)); are x and y swapped?"
        }
    }
}
