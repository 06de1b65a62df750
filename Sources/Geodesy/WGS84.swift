/// The ellipsoid's constants in metres (NIMA TR8350.2).
@usableFromInline
enum WGS84 {
    /// Semi-major axis.
    @usableFromInline static let a = 6_378_137.0
    /// Flattening.
    @usableFromInline static let f = 1 / 298.257223563
    /// Semi-minor axis.
    @usableFromInline static let b = a * (1 - f)
    /// First eccentricity squared.
    static let e2 = f * (2 - f)
    /// Greatest radius of curvature of a normal section, reached at the poles.
    static let largestRadius = a * a / b
    /// Least radius of curvature of a normal section, that of the meridian at the equator.
    static let smallestRadius = b * b / a
    /// Half of a meridian ellipse, pole to pole: no two points are farther apart.
    static let halfMeridian = 20_003_931.458_625_5

    @usableFromInline static let inverseA2 = 1 / (a * a)
    @usableFromInline static let inverseB2 = 1 / (b * b)
}
