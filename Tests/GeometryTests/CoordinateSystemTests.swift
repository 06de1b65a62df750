import Geodesy
import Geometry
import Testing

@Suite struct CoordinateSystemTests {
    // Source: 0.9996 times the length of GRS 80's meridian from the equator, computed with the Python package
    // geographiclib: on UTM's central meridian nothing else enters.
    @Test(arguments: [(5_260_729.732955579, 47.5), (5_538_630.702744346, 50), (6_083_663.612882038, 54.9)])
    func `UTM's central meridian is the meridian scaled`(northing: Double, latitude: Double) throws {
        let position = try CoordinateSystem("EPSG:25832").toWGS84(x: 500_000, y: northing)
        #expect(abs(position.latitude - latitude) < 1e-10)
        #expect(abs(position.longitude - 9) < 1e-10)
    }

    // Source: `Transformer.from_crs(code, "EPSG:4326", always_xy=True)` of pyproj.
    @Test(arguments: [
        ("EPSG:25832", 691_608.0, 5_334_760.0, 48.13721847009116, 11.575557698668284),
        ("EPSG:25833", 391_779, 5_820_079, 52.52006142558259, 13.404993953675051),
        ("EPSG:3857", 1_492_232.65, 6_894_701.26, 52.52000797350839, 13.404953969571762),
        ("EPSG:2154", 652_469, 6_862_035, 48.85659766538408, 2.352199719516298),
        // Registered latitude first; x is longitude all the same.
        ("EPSG:4326", 13.404954, 52.520008, 52.520008, 13.404954),
    ])
    func `transforms as pyproj does`(code: String, x: Double, y: Double, latitude: Double, longitude: Double) throws {
        let position = try CoordinateSystem(code).toWGS84(x: x, y: y)
        #expect(abs(position.latitude - latitude) < 1e-8)
        #expect(abs(position.longitude - longitude) < 1e-8)
    }

    @Test(arguments: ["EPSG:999999", "nonsense", "", "EPSG:5703", "EPSG:4978"])
    func `refuses codes that are no horizontal system, by name`(code: String) {
        let error = #expect(throws: GeometryError.self) { try CoordinateSystem(code) }
        #expect(error?.description.contains("unknown coordinate system \"\(code)\"") == true)
    }

    @Test(arguments: [
        (Double.nan, 5_334_760.0), (691_608, .nan), (.infinity, 5_334_760), (691_608, -.infinity), (1e300, 1e300),
    ])
    func `refuses numbers that are no position`(x: Double, y: Double) throws {
        let system = try CoordinateSystem("EPSG:25832")
        let error = #expect(throws: GeometryError.self) { try system.toWGS84(x: x, y: y) }
        guard case .transformation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `refuses swapped axes`() throws {
        let system = try CoordinateSystem("EPSG:25832")
        #expect(throws: GeometryError.self) { try system.toWGS84(x: 5_334_760, y: 691_608) }
        let latitudeFirst = try CoordinateSystem("EPSG:4326")
        #expect(throws: GeometryError.self) { try latitudeFirst.toWGS84(x: 10, y: 120) }
    }

    @Test func `a failure in a batch stands in its place`() throws {
        let system = try CoordinateSystem("EPSG:25832")
        let results = system.toWGS84([(691_608, 5_334_760), (.nan, 0), (500_000, 5_538_630.702744346)])
        #expect(results.count == 3)
        #expect(try results[0].get() == system.toWGS84(x: 691_608, y: 5_334_760))
        #expect(throws: GeometryError.self) { try results[1].get() }
        #expect(abs(try results[2].get().latitude - 50) < 1e-9)
    }
}
