import Geodesy
import Postgres
import Salons

extension SalonRepository {
    /// A table of this session that a batch is copied into; what it held goes with each commit.
    static let staging = """
        CREATE TEMPORARY TABLE IF NOT EXISTS salon_staging (
            name text, street text, housenumber text, floor_door text, postcode text, city text, country text,
            latitude double precision, longitude double precision, time_zone text, categories text[],
            price_level smallint, rating_tenths smallint, rating_count integer, attributes text[], opening_hours text,
            website text, phone text, status text, source text, source_ref text, source_data text
        ) ON COMMIT DELETE ROWS
        """

    static func write(_ row: ImportedSalon, to fields: inout CopyWriter) {
        let profile = row.profile
        fields.write(profile.name)
        fields.write(profile.address.street)
        fields.write(profile.address.housenumber)
        fields.write(profile.address.floorDoor)
        fields.write(profile.address.postcode)
        fields.write(profile.address.city)
        fields.write(profile.address.country)
        fields.write(profile.location.latitude)
        fields.write(profile.location.longitude)
        fields.write(profile.timeZone)
        fields.write(profile.categories.categories.map(\.rawValue))
        fields.write(profile.priceLevel)
        fields.write(profile.rating?.tenths)
        fields.write(profile.rating?.count ?? 0)
        fields.write(profile.attributes.attributes.map(\.rawValue))
        fields.write(profile.openingHours)
        fields.write(profile.website)
        fields.write(profile.phone)
        fields.write(profile.status.rawValue)
        fields.write(profile.source.source)
        fields.write(profile.source.reference)
        fields.write(row.sourceData.isEmpty ? nil : row.sourceDataJSON)
    }

    private static let columns = """
        name, street, housenumber, floor_door, postcode, city, country, latitude, longitude, time_zone, categories,
        price_level, rating_tenths, rating_count, attributes, opening_hours, website, phone, source_data
        """

    /// What is compared and overwritten: everything but the status, which is the owner's once the salon is there.
    private static var names: [String] {
        columns.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    static let merge = """
        WITH upserted AS (
            INSERT INTO salon (tenant_id, status, source, source_ref, \(columns))
            SELECT current_tenant(), status, source, source_ref,
                \(names.map { $0 == "source_data" ? "source_data::jsonb" : $0 }.joined(separator: ", "))
            FROM salon_staging
            ON CONFLICT (tenant_id, source, source_ref) DO UPDATE SET
                \(names.map { "\($0) = EXCLUDED.\($0)" }.joined(separator: ", "))
            WHERE (\(names.map { "salon.\($0)" }.joined(separator: ", ")))
                IS DISTINCT FROM (\(names.map { "EXCLUDED.\($0)" }.joined(separator: ", ")))
            RETURNING (xmax = 0) AS inserted
        )
        SELECT count(*) FILTER (WHERE inserted), count(*) FILTER (WHERE NOT inserted) FROM upserted
        """
}
