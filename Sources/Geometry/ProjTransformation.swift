import CPROJ
import Geodesy

/// Owns a PROJ context, which is not thread-safe, and a transformation to WGS 84 in it.
struct ProjTransformation: ~Copyable {
    private let context: OpaquePointer
    private let transformation: OpaquePointer
    /// A degree wider than the register says; nil where it says nothing.
    private let area: (box: BoundingBox, name: String)?

    init(from code: String) throws(GeometryError) {
        guard let context = proj_context_create() else {
            throw .unknownCoordinateSystem(code: code, reason: "no PROJ context")
        }
        // Errors are thrown; PROJ would also print them.
        proj_log_level(context, PJ_LOG_NONE)
        do throws(GeometryError) {
            let (transformation, area) = try Self.make(from: code, in: context)
            self.context = context
            self.transformation = transformation
            self.area = area
        } catch {
            proj_context_destroy(context)
            throw error
        }
    }

    deinit {
        proj_destroy(transformation)
        proj_context_destroy(context)
    }

    func toWGS84(x: Double, y: Double) throws(GeometryError) -> Coordinate {
        guard x.isFinite, y.isFinite else { throw .transformation(x: x, y: y, reason: "not a finite number") }
        proj_errno_reset(transformation)
        // The third value is a height, the fourth a time, where infinity means none.
        let result = proj_trans(transformation, PJ_FWD, proj_coord(x, y, 0, .infinity))
        let code = proj_errno(transformation)
        guard code == 0 else { throw .transformation(x: x, y: y, reason: Self.text(code, in: context)) }
        // Normalised for visualisation, so the result is x = longitude, y = latitude.
        let position: Coordinate
        do {
            position = try Coordinate(latitude: result.xy.y, longitude: result.xy.x)
        } catch {
            throw .transformation(x: x, y: y, reason: error.description)
        }
        if let area, !area.box.contains(position) { throw .outsideAreaOfUse(x: x, y: y, area: area.name) }
        return position
    }

    private static func make(
        from code: String, in context: OpaquePointer
    ) throws(GeometryError) -> (OpaquePointer, (box: BoundingBox, name: String)?) {
        guard let source = proj_create(context, code) else {
            let reason = text(proj_context_errno(context), in: context)
            throw .unknownCoordinateSystem(code: code, reason: reason)
        }
        defer { proj_destroy(source) }
        // Heights or times alone, and geocentric positions, have no x and y to read.
        let unfit = [PJ_TYPE_VERTICAL_CRS, PJ_TYPE_TEMPORAL_CRS, PJ_TYPE_ENGINEERING_CRS, PJ_TYPE_GEOCENTRIC_CRS]
        guard proj_is_crs(source) != 0, !unfit.contains(proj_get_type(source)) else {
            throw .unknownCoordinateSystem(code: code, reason: "not a horizontal coordinate system")
        }
        guard let registered = proj_create_crs_to_crs(context, code, "EPSG:4326", nil) else {
            let reason = text(proj_context_errno(context), in: context)
            throw .unknownCoordinateSystem(code: code, reason: reason)
        }
        defer { proj_destroy(registered) }
        guard let normalized = proj_normalize_for_visualization(context, registered) else {
            let reason = text(proj_context_errno(context), in: context)
            throw .unknownCoordinateSystem(code: code, reason: reason)
        }
        return (normalized, areaOfUse(of: source, in: context))
    }

    private static func areaOfUse(
        of system: OpaquePointer, in context: OpaquePointer
    ) -> (box: BoundingBox, name: String)? {
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        var name: UnsafePointer<CChar>?
        guard proj_get_area_of_use(context, system, &west, &south, &east, &north, &name) != 0, south > -1000 else {
            return nil
        }
        let width = west <= east ? east - west : east - west + 360
        let isAround = width >= 358
        let box = BoundingBox(
            uncheckedWest: isAround ? -180 : west < -179 ? west + 359 : west - 1, south: max(-90, south - 1),
            east: isAround ? 180 : east > 179 ? east - 359 : east + 1, north: min(90, north + 1))
        return (box, name.map { String(cString: $0) } ?? "unnamed")
    }

    private static func text(_ code: Int32, in context: OpaquePointer) -> String {
        proj_context_errno_string(context, code).map { String(cString: $0) } ?? "PROJ error \(code)"
    }
}
