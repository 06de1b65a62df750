import Geodesy
import Testing

@Suite struct CoordinateTests {
    @Test(arguments: [(90.0, 180.0), (-90, -180), (0, 0), (52.52, 13.405)])
    func `takes positions up to the ends of the ranges`(latitude: Double, longitude: Double) throws {
        let coordinate = try Coordinate(latitude: latitude, longitude: longitude)
        #expect(coordinate.latitude == latitude)
        #expect(coordinate.longitude == longitude)
    }

    @Test(arguments: [90.000_000_1, -90.000_000_1, .infinity, -.infinity, 1e300])
    func `refuses a latitude outside of WGS 84 by name`(latitude: Double) {
        #expect(throws: GeodesyError.latitude(latitude)) { try Coordinate(latitude: latitude, longitude: 0) }
    }

    @Test(arguments: [180.000_000_1, -180.000_000_1, .infinity, -.infinity])
    func `refuses a longitude outside of WGS 84 by name`(longitude: Double) {
        #expect(throws: GeodesyError.longitude(longitude)) { try Coordinate(latitude: 0, longitude: longitude) }
    }

    @Test func `refuses NaN and says which value it was`() {
        let latitude = #expect(throws: GeodesyError.self) { try Coordinate(latitude: .nan, longitude: 0) }
        #expect(latitude?.description == "latitude nan is not within -90...90 degrees")
        let longitude = #expect(throws: GeodesyError.self) { try Coordinate(latitude: 0, longitude: .nan) }
        #expect(longitude?.description == "longitude nan is not within -180...180 degrees")
    }
}
