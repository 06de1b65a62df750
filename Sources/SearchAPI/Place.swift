import Directory
import Discovery
import Geodesy
import Geometry
import HTTPKit
import JSON

/// Where to search: around a position, or in a box.
struct Place: Sendable {
    /// From where distances count; nil where something is wrong, or where an area of the body says it.
    var origin: Coordinate?
    var region: SearchRegion
    /// Whether neither a position nor a box was given.
    var isOpen: Bool

    /// The parameters of a search that may be in a box.
    static let parameters = Parameters(latitude, longitude, radius, box) { faults, latitude, longitude, radius, box in
        if radius.isPresent, box.isPresent { faults.add("radius_m", "contradicts bbox; give one of the two") }
        let region: SearchRegion =
            box.value.map { .box($0) } ?? radius.value.map { .circle(radius: Meters($0)) } ?? .everywhere
        let position = position(latitude, longitude, faults)
        let isOpen = !latitude.isPresent && !longitude.isPresent && !box.isPresent
        if isOpen {
            faults.add("lat", "is missing; a search needs lat and lon, or a bbox")
            faults.add("lon", "is missing; a search needs lat and lon, or a bbox")
        }
        let isBoxAlone = !latitude.isPresent && !longitude.isPresent
        return Place(origin: isBoxAlone ? box.value?.middle : position, region: region, isOpen: isOpen)
    }

    /// The parameters of a search in an area of the body: only the position.
    static let position = Parameters(latitude, longitude) { faults, latitude, longitude in
        position(latitude, longitude, faults)
    }

    private static func position(
        _ latitude: Given<Double>, _ longitude: Given<Double>, _ faults: Faults
    ) -> Coordinate? {
        if latitude.isPresent != longitude.isPresent {
            let (missing, given) = latitude.isPresent ? ("lon", "lat") : ("lat", "lon")
            faults.add(missing, "is missing; \(given) goes with \(missing)")
        }
        guard let latitude = latitude.value, let longitude = longitude.value else { return nil }
        return Coordinate(uncheckedLatitude: latitude, longitude: longitude)
    }

    private static let latitude = Parameter.query(
        "lat", .decimal(-90...90, of: "degrees"), "Latitude of the customer, WGS 84 degrees. Goes with `lon`.",
        example: Examples.placeholder("latitude"), isTried: true)

    private static let longitude = Parameter.query(
        "lon", .decimal(-180...180, of: "degrees"), "Longitude of the customer, WGS 84 degrees. Goes with `lat`.",
        example: Examples.placeholder("longitude"), isTried: true)

    private static let radius = Parameter.query(
        "radius_m", .decimal(0...NearbyRequest.longestRadius.value, of: "metres"),
        "Only salons at most this many metres away. Without it the nearest, however far. Not with `bbox`.",
        example: 2000, isTried: true)

    private static let box = Parameter.query(
        "bbox", boxCodec,
        "Only salons inside `west,south,east,north`; west beyond east crosses ±180°. Without `lat` and `lon` "
            + "distances are from its middle, the centroid of its surface on the sphere.",
        example: Examples.placeholder("box"))

    private static let boxCodec = Codec.list(
        of: .decimal(-180...180), count: 4...4, sentence: "must be four decimal numbers: west,south,east,north"
    ).map { (edges: [Double]) -> Reading<BoundingBox> in
        do {
            return .value(try BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3]))
        } catch {
            return .fault("\(error)")
        }
    } back: {
        [$0.west, $0.south, $0.east, $0.north]
    }
}
