/// A position on WGS 84 in degrees, latitude first.
@frozen
public struct Coordinate: Sendable, Hashable {
    /// Degrees north of the equator, -90 to 90.
    public let latitude: Double
    /// Degrees east of Greenwich, -180 to 180; both ends are the same meridian and are kept as given.
    public let longitude: Double

    /// Throws ``GeodesyError/latitude(_:)`` or ``GeodesyError/longitude(_:)`` for a value outside of its range,
    /// an infinity or a NaN.
    public init(latitude: Double, longitude: Double) throws(GeodesyError) {
        // A comparison with NaN is false, so the ranges refuse it too.
        guard latitude >= -90, latitude <= 90 else { throw .latitude(latitude) }
        guard longitude >= -180, longitude <= 180 else { throw .longitude(longitude) }
        self.init(uncheckedLatitude: latitude, longitude: longitude)
    }

    /// For values already known to be within their ranges, such as those of a checked column.
    @inlinable
    public init(uncheckedLatitude latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

extension Coordinate: CustomStringConvertible {
    /// `latitude,longitude` in degrees.
    public var description: String { "\(latitude),\(longitude)" }
}
