import Geodesy
import SeededRandom
import Testing

@Suite struct GeodesicTests {
    // Source: `Geodesic.WGS84.Inverse` of the Python package geographiclib, an implementation of its own.
    @Test(arguments: [
        (52.520008, 13.404954, 48.137154, 11.576124, 504_575.553_899_585_44), (0, 0, 0, 180, 20_003_931.458_625_447),
        (90, 0, -90, 0, 20_003_931.458_625_447), (-17.7, 178.1, -17.7, -178.1, 403_107.116_935_255_2),
        (0, 0, 0.5, 179.5, 19_936_288.578_965_314), (89.9, 0, 89.9, 180, 22_338.795_682_520_195),
        (40.6, -73.8, 51.6, -0.5, 5_551_759.400_318_678_5), (10, 20, 10, 20, 0),
    ])
    func `distances agree with geographiclib`(lat1: Double, lon1: Double, lat2: Double, lon2: Double, length: Double)
        throws
    {
        let start = try Coordinate(latitude: lat1, longitude: lon1)
        let end = try Coordinate(latitude: lat2, longitude: lon2)
        #expect(abs(Geodesic.distance(start, end).value - length) < 3e-8)
        #expect(abs(Geodesic.distance(end, start).value - length) < 3e-8)
    }

    // Source: `Geodesic.WGS84.Direct` of the same package.
    @Test(arguments: [
        (52.520008, 13.404954, 75.0, 250_000.0, 53.04717789366422, 17.00716863250138),
        (-17, 179.5, 90, 200_000, -16.991340789140523, -178.62187333782978),
    ])
    func `destinations agree with geographiclib`(
        latitude: Double, longitude: Double, azimuth: Double, meters: Double, toLatitude: Double, toLongitude: Double
    ) throws {
        let start = try Coordinate(latitude: latitude, longitude: longitude)
        let end = Geodesic.destination(from: start, azimuth: azimuth, distance: Meters(meters))
        #expect(abs(end.latitude - toLatitude) < 1e-12)
        #expect(abs(end.longitude - toLongitude) < 1e-12)
    }

    @Test func `a destination lies at its distance and within WGS 84`() throws {
        var generator = SplitMix64(seed: 31)
        for _ in 0..<5000 {
            let start = generator.coordinate()
            let length = Double.random(in: 0...19_900_000, using: &generator)
            let azimuth = Double.random(in: -360...360, using: &generator)
            let end = Geodesic.destination(from: start, azimuth: azimuth, distance: Meters(length))
            _ = try Coordinate(latitude: end.latitude, longitude: end.longitude)
            let measured = Geodesic.distance(start, end).value
            #expect(abs(measured - length) < 1e-7, "seed 31, \(start) \(azimuth) \(length)")
        }
    }
}
