import Directory
import Geodesy
import Geometry
import Postgres
import Salons
import Tenancy

/// The SQL of one search.
struct SearchStatement {
    private let query: SalonQuery
    private let radius: Meters?
    private let scope: TenantScope
    /// The place in the order after which rows are wanted.
    var after: SortKey?

    /// Ranges of cells that a covering may have: more fit tighter, fewer are found faster.
    private static let maximumRanges = 32

    init(_ query: SalonQuery, within radius: Meters?, scope: TenantScope) {
        self.query = query
        self.scope = scope
        self.after = query.after
        if case .circle(let circle) = query.region { self.radius = circle } else { self.radius = radius }
    }

    /// Rows of (id, tenant, distance, quality, opening hours, time zone, country) in order.
    func sql(limit: Int) -> SQL {
        let relation: SQL =
            scope.tenant == nil
            ? "published_salon" : "(SELECT * FROM salon WHERE tenant_id = current_tenant() AND status = 'published')"
        var source: SQL = "\(relation) s"
        if let ranges {
            let lower = ranges.map { Int64($0.lowerBound) }
            let upper = ranges.map { Int64($0.upperBound) }
            // OFFSET 0 keeps the ranges outermost, so that each is one descent of the index.
            source = """
                unnest(\(lower), \(upper)) AS r (lower_bound, upper_bound)
                CROSS JOIN LATERAL (
                    SELECT * FROM \(relation) c WHERE c.cell BETWEEN r.lower_bound AND r.upper_bound OFFSET 0) s
                """
        }
        var conditions: [SQL] = ["true"]
        conditions += regionConditions
        conditions += filterConditions
        return """
            SELECT salon_id, tenant_id, distance, quality, opening_hours, time_zone, country FROM (
                SELECT s.salon_id, s.tenant_id, ST_Distance(s.location, \(query.origin)) AS distance,
                    quality(s.rating_tenths, s.rating_count) AS quality, s.opening_hours, s.time_zone,
                    s.country::text AS country
                FROM \(source) WHERE \(Self.joined(conditions))
            ) found
            WHERE \(Self.joined(keyConditions))
            ORDER BY \(unsafe: Self.ordering(query.order)) LIMIT \(limit)
            """
    }

    // MARK: Where

    private var ranges: [ClosedRange<UInt64>]? {
        switch query.region {
        case .everywhere, .circle:
            radius.map { Covering.circle(center: query.origin, radius: $0, maxRanges: Self.maximumRanges) }
        case .box(let box): Covering.box(box, maxRanges: Self.maximumRanges)
        case .area(let area): Covering.box(area.boundingBox, maxRanges: Self.maximumRanges)
        }
    }

    private var regionConditions: [SQL] {
        switch query.region {
        case .everywhere, .circle: return []
        case .box(let box):
            let latitude: SQL = "s.latitude BETWEEN \(box.south) AND \(box.north)"
            let longitude: SQL =
                box.crossesAntimeridian
                ? "(s.longitude >= \(box.west) OR s.longitude <= \(box.east))"
                : "s.longitude BETWEEN \(box.west) AND \(box.east)"
            return [latitude, longitude]
        case .area(let area):
            return ["ST_Covers(ST_GeomFromText(\(Self.text(area.shape)), 4326), s.location::geometry)"]
        }
    }

    /// Well-known text; x is the longitude.
    private static func text(_ shape: MultiPolygon) -> String {
        let polygons = shape.polygons.map { polygon in
            let rings = polygon.rings.map { ring in
                "(" + ring.map { "\($0.longitude) \($0.latitude)" }.joined(separator: ",") + ")"
            }
            return "(" + rings.joined(separator: ",") + ")"
        }
        return "MULTIPOLYGON(\(polygons.joined(separator: ",")))"
    }

    // MARK: Which

    private var filterConditions: [SQL] {
        let filter = query.filter
        var conditions: [SQL] = []
        if !filter.categories.isEmpty {
            conditions.append("s.category_bits & \(Int32(bitPattern: filter.categories.rawValue)) <> 0")
        }
        if !filter.excludedCategories.isEmpty {
            conditions.append("s.category_bits & \(Int32(bitPattern: filter.excludedCategories.rawValue)) = 0")
        }
        if !filter.attributes.isEmpty {
            let bits = Int32(bitPattern: filter.attributes.rawValue)
            conditions.append("s.attribute_bits & \(bits) = \(bits)")
        }
        if let minimum = filter.minimumRatingTenths { conditions.append("s.rating_tenths >= \(minimum)") }
        if filter.priceLevels != 0 {
            let levels = (Int16(1)...4).filter { filter.priceLevels & (1 << UInt8($0)) != 0 }
            conditions.append("s.price_level = ANY (\(levels))")
        }
        return conditions
    }

    // MARK: Order and page

    private var keyConditions: [SQL] {
        var conditions: [SQL] = ["true"]
        if let radius { conditions.append("distance <= \(radius.value)") }
        if let after {
            let (distance, id) = (after.distance.value, after.id.rawValue)
            switch query.order {
            case .distance: conditions.append("(distance, salon_id) > (\(distance), \(id))")
            case .rating:
                conditions.append("(-quality, distance, salon_id) > (\(after.rank), \(distance), \(id))")
            case .distanceBandThenRating:
                conditions.append(
                    """
                    (\(unsafe: Self.band), -quality, distance, salon_id)
                        > (\(Int32(after.band)), \(after.rank), \(distance), \(id))
                    """)
            }
        }
        return conditions
    }

    private static func ordering(_ order: SearchOrder) -> String {
        switch order {
        case .distance: "distance, salon_id"
        case .rating: "-quality, distance, salon_id"
        case .distanceBandThenRating: "\(band), -quality, distance, salon_id"
        }
    }

    /// How many of the bands' outer edges a distance lies beyond.
    private static let band =
        "(" + distanceBandEdges.map { "(distance > \($0))::integer" }.joined(separator: " + ") + ")"

    private static func joined(_ conditions: [SQL]) -> SQL {
        conditions.dropFirst().reduce(conditions[0]) { "\($0) AND \($1)" }
    }
}
