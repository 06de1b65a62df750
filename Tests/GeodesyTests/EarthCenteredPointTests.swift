import Geodesy
import SeededRandom
import Testing

@Suite struct EarthCenteredPointTests {
    @Test(arguments: [
        (0.0, 0.0, 6_378_137.0, 0.0, 0.0), (0, 90, 0, 6_378_137, 0), (90, 0, 0, 0, 6_356_752.314_245_179),
        (-90, 77, 0, 0, -6_356_752.314_245_179), (0, 180, -6_378_137, 0, 0),
    ])
    func `lies on the axes where it should`(latitude: Double, longitude: Double, x: Double, y: Double, z: Double) throws
    {
        let point = EarthCenteredPoint(try Coordinate(latitude: latitude, longitude: longitude))
        #expect(abs(point.x - x) < 1e-8 && abs(point.y - y) < 1e-8 && abs(point.z - z) < 1e-8)
    }

    /// The worst errors found in three million pairs each are 0.011 µm (rounding), 0.26 µm and 8.2 µm.
    @Test(arguments: [(50_000.0, 2e-8), (100_000, 3e-7), (200_000, 1e-5)])
    func `short geodesics agree with Karney's`(limit: Double, tolerance: Double) {
        var generator = SplitMix64(seed: 41)
        var worst = 0.0
        for _ in 0..<100_000 {
            let start = generator.coordinate()
            let length = limit * Double.random(in: 0...1, using: &generator).squareRoot()
            let azimuth = Double.random(in: 0...360, using: &generator)
            let end = Geodesic.destination(from: start, azimuth: azimuth, distance: Meters(length))
            let measured = EarthCenteredPoint.shortGeodesic(
                from: EarthCenteredPoint(start), to: EarthCenteredPoint(end))
            let error = abs(measured - Geodesic.distance(start, end).value)
            worst = max(worst, error)
        }
        #expect(worst < tolerance, "seed 41")
    }

    @Test func `a point is no way from itself`() throws {
        let point = EarthCenteredPoint(try Coordinate(latitude: 52, longitude: 13))
        #expect(EarthCenteredPoint.shortGeodesic(from: point, to: point) == 0)
        #expect(point.chordSquared(to: point) == 0)
    }

    @Test func `the bounds hold for pairs at every distance`() {
        var generator = SplitMix64(seed: 42)
        for index in 0..<100_000 {
            let start = generator.coordinate()
            let end: Coordinate
            switch index % 4 {
            case 0: end = generator.coordinate()
            case 1: end = Self.nearAntipode(of: start, &generator)
            default:
                end = Geodesic.destination(
                    from: start, azimuth: Double.random(in: 0...360, using: &generator),
                    distance: Meters(Double.random(in: 0...(index % 4 == 2 ? 200_000 : 1000), using: &generator)))
            }
            let geodesic = Geodesic.distance(start, end).value
            let chord = EarthCenteredPoint(start).chordSquared(to: EarthCenteredPoint(end)).squareRoot()
            let message = "seed 42, \(start) \(end)"
            #expect(EarthCenteredPoint.geodesicLowerBound(chord: chord) <= geodesic, "\(message)")
            #expect(EarthCenteredPoint.geodesicUpperBound(chord: chord) >= geodesic, "\(message)")
            #expect(EarthCenteredPoint.chordLowerBound(geodesic: geodesic) <= chord, "\(message)")
            #expect(EarthCenteredPoint.chordUpperBound(geodesic: geodesic) >= chord, "\(message)")
        }
    }

    @Test func `the bounds grow with their argument and are tight up to 200 km`() {
        let bounds: [(Double) -> Double] = [
            EarthCenteredPoint.geodesicLowerBound(chord:), EarthCenteredPoint.geodesicUpperBound(chord:),
            EarthCenteredPoint.chordLowerBound(geodesic:), EarthCenteredPoint.chordUpperBound(geodesic:),
        ]
        for bound in bounds {
            let values = stride(from: 0.0, through: 20_100_000, by: 1000).map(bound)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        }
        for length in stride(from: 1000.0, through: 200_000, by: 1000) {
            let lower = EarthCenteredPoint.geodesicLowerBound(chord: length)
            let upper = EarthCenteredPoint.geodesicUpperBound(chord: length)
            #expect((upper - lower) / length < 1e-6)
            let shortest = EarthCenteredPoint.chordLowerBound(geodesic: length)
            let longest = EarthCenteredPoint.chordUpperBound(geodesic: length)
            #expect((longest - shortest) / length < 1e-6)
        }
    }

    private static func nearAntipode(of start: Coordinate, _ generator: inout SplitMix64) -> Coordinate {
        let antipode = Coordinate(
            uncheckedLatitude: -start.latitude,
            longitude: start.longitude > 0 ? start.longitude - 180 : start.longitude + 180)
        return Geodesic.destination(
            from: antipode, azimuth: Double.random(in: 0...360, using: &generator),
            distance: Meters(Double.random(in: 0...400_000, using: &generator)))
    }
}
