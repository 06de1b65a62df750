import Foundation
import Geodesy
import Geometry
import Salons

/// Finds a row's position and holds it against its country and its postcode.
struct PositionCheck {
    /// A salon farther than this from the middle of its postcode is somewhere else: the largest Danish one measures less.
    static let farthest: Meters = 20_000

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

    /// Throws for a position outside of the row's country or far from its postcode.
    func check(_ position: Coordinate, country: String?, postcode: DanishPostcode?) throws(RejectReason) {
        let swapped = try? Coordinate(latitude: position.longitude, longitude: position.latitude)
        if let postcode {
            let distance = Geodesic.distance(position, postcode.centre)
            if distance > Self.farthest {
                if let swapped, Geodesic.distance(swapped, postcode.centre) <= Self.farthest {
                    throw RejectReason(.swapped, "lat and lon are swapped: \(postcode.code) lies at \(postcode.centre)")
                }
                if let box = Countries.entry("DK")?.box, !box.contains(position) {
                    throw RejectReason(
                        .outsideCountry,
                        "\(position) is not in DK: \(kilometres(distance)) from the centre of \(postcode.code) \(postcode.city)"
                    )
                }
                throw RejectReason(
                    .farFromPostcode,
                    "\(kilometres(distance)) from the centre of \(postcode.code) \(postcode.city) (\(postcode.centre))")
            }
        }
        guard let entry = Countries.entry(country), !entry.box.contains(position) else { return }
        if let swapped, entry.box.contains(swapped) {
            throw RejectReason(.swapped, "lat and lon are swapped: \(position) is not in \(entry.code)")
        }
        throw RejectReason(.outsideCountry, "\(position) is not in \(entry.code)")
    }

    private func kilometres(_ distance: Meters) -> String {
        "\((distance.value / 100).rounded() / 10) km"
    }
}
