import Foundation
import Geodesy
import Geometry
import Salons
import TimeZones

/// Finds a row's position and holds it against its country and its postcode.
struct PositionCheck {
    /// A salon farther than this from the middle of its postcode is somewhere else: the largest Danish one measures
    /// less.
    static let farthest: Meters = 20_000

    /// A position farther than this from a country's zones is in another part of the world.
    static let farthestOutside: Meters = 250_000

    let coordinateSystem: CoordinateSystem?
    /// Whether a comma may be a decimal comma in `x` and `y`, where it could also part thousands.
    let allowsCommaInMetres: Bool

    /// The position of the columns, or why there is none.
    func position(_ values: RowValues) throws(RejectReason) -> Coordinate {
        let columns: (Column, Column) = coordinateSystem == nil ? (.latitude, .longitude) : (.x, .y)
        guard let first = values[columns.0], let second = values[columns.1] else {
            throw RejectReason(.missingPosition, "no position (\(columns.0.rawValue) and \(columns.1.rawValue))")
        }
        let comma = coordinateSystem == nil || allowsCommaInMetres
        guard let a = DecimalText.parse(first, allowingComma: comma),
            let b = DecimalText.parse(second, allowingComma: comma)
        else {
            throw RejectReason(
                .invalidNumber,
                "\(columns.0.rawValue) \(first), \(columns.1.rawValue) \(second) are not decimal numbers")
        }
        if let coordinateSystem {
            do throws(GeometryError) {
                return try coordinateSystem.toWGS84(x: a, y: b)
            } catch {
                throw RejectReason(.transformation, "\(error)")
            }
        }
        if a == 0, b == 0 { throw RejectReason(.nullIsland, "the position is 0, 0") }
        do throws(GeodesyError) {
            return try Coordinate(latitude: a, longitude: b)
        } catch {
            if (try? Coordinate(latitude: b, longitude: a)) != nil {
                throw RejectReason(.swapped, "\(error); lat and lon look swapped")
            }
            throw RejectReason(.outOfRange, "\(error)")
        }
    }

    /// Throws for a position far from its postcode, or so far from all that is counted to the row's country that it
    /// cannot be right. Returns a sentence about a position that lies outside of the country and may be right: borders
    /// on a map are rough, and so is what people count to a country.
    func check(
        _ position: Coordinate, country: String?, postcode: DanishPostcode?
    ) throws(RejectReason) -> String? {
        let swapped = try? Coordinate(latitude: position.longitude, longitude: position.latitude)
        if let postcode { try check(position, swapped: swapped, against: postcode) }
        guard let country else { return nil }
        let zones = Set(CountryZones.zones(of: country))
        let near = ZoneMap.shared.zones(near: position)
        guard !zones.isEmpty, zones.isDisjoint(with: near) else { return nil }
        let place = near.isEmpty ? "on the open sea" : "in the time zone \(near.sorted().joined(separator: " or "))"
        if ZoneMap.shared.comes(any: zones, within: Self.farthestOutside, of: position) {
            return "\(position) is \(place), which is not in \(country)"
        }
        if let swapped, !zones.isDisjoint(with: ZoneMap.shared.zones(near: swapped)) {
            throw RejectReason(.swapped, "lat and lon are swapped: \(position) is not in \(country)")
        }
        throw RejectReason(
            .outsideCountry,
            "\(position) is \(place), more than \(kilometres(Self.farthestOutside)) from \(country) and its territories"
        )
    }

    private func check(
        _ position: Coordinate, swapped: Coordinate?, against postcode: DanishPostcode
    ) throws(RejectReason) {
        let distance = Geodesic.distance(position, postcode.centre)
        guard distance > Self.farthest else { return }
        if let swapped, Geodesic.distance(swapped, postcode.centre) <= Self.farthest {
            throw RejectReason(.swapped, "lat and lon are swapped: \(postcode.code) lies at \(postcode.centre)")
        }
        let place = "\(kilometres(distance)) from the centre of \(postcode.code) \(postcode.city)"
        if Set(CountryZones.zones(of: "DK")).isDisjoint(with: ZoneMap.shared.zones(near: position)) {
            throw RejectReason(.outsideCountry, "\(position) is not in DK: \(place)")
        }
        throw RejectReason(.farFromPostcode, "\(place) (\(postcode.centre))")
    }

    private func kilometres(_ distance: Meters) -> String {
        "\((distance.value / 100).rounded() / 10) km"
    }
}
