import Foundation

/// Bounds between chords and geodesics that hold for every pair of points, in metres.
///
/// The ellipsoid's normal curvatures lie between those of a large circle (radius a²/b) and a small one (b²/a). By
/// Blaschke's rolling theorem the large ball holds the ellipsoid wherever it touches it, so a path on the surface
/// stays outside of the spindle of large arcs over its chord and is at least as long as such an arc; by Schur's theorem
/// a geodesic is no longer than the small circle's arc over the same chord. The results are widened by more than the
/// rounding of coordinates and of the arithmetic.
extension EarthCenteredPoint {
    private static let absoluteSlack = 1e-7
    private static let relativeSlack = 1e-12

    private static func lowered(_ value: Double) -> Double { max(0, value * (1 - relativeSlack) - absoluteSlack) }
    private static func raised(_ value: Double) -> Double { value * (1 + relativeSlack) + absoluteSlack }

    /// No pair with this chord or a longer one is nearer by geodesic; grows with the chord.
    public static func geodesicLowerBound(chord: Double) -> Double {
        let diameter = 2 * WGS84.largestRadius
        return lowered(diameter * asin(min(1, chord / diameter)))
    }

    /// No pair with this chord or a shorter one is farther apart by geodesic; grows with the chord.
    public static func geodesicUpperBound(chord: Double) -> Double {
        let diameter = 2 * WGS84.smallestRadius
        // A chord beyond the small circle's diameter joins two all but antipodal points.
        guard raised(chord) < diameter else { return raised(WGS84.halfMeridian) }
        return raised(diameter * asin(chord / diameter))
    }

    /// No pair within this geodesic distance has a longer chord: what lies beyond it need not be measured.
    public static func chordUpperBound(geodesic: Double) -> Double {
        let diameter = 2 * WGS84.largestRadius
        return raised(min(2 * WGS84.a, diameter * sin(min(geodesic / diameter, .pi / 2))))
    }

    /// No pair at this geodesic distance or a greater one has a shorter chord: what lies within is surely nearer.
    public static func chordLowerBound(geodesic: Double) -> Double {
        let diameter = 2 * WGS84.smallestRadius
        return lowered(diameter * sin(min(geodesic / diameter, .pi / 2)))
    }
}
