import Foundation
import Geodesy
import Testing

@testable import TimeZones

struct PlaceZoneTests {
    private struct Point {
        let position: Coordinate
        let country: String?
        /// What the oracle says; several where several hold.
        let zones: Set<String>
    }

    private static let points = points(Sample.text)

    private static func points(_ text: String) -> [Point] {
        text.split { $0 == ";" || $0 == "\n" }.map(point)
    }

    private static func point(_ entry: Substring) -> Point {
        let words = entry.split(separator: " ")
        return Point(
            position: Coordinate(uncheckedLatitude: Double(words[0])!, longitude: Double(words[1])!),
            country: words[2] == "-" ? nil : String(words[2]),
            zones: Set(words[3].split(separator: ",").map(String.init))
        )
    }

    /// Whether a known zone is the oracle's, or shows the same time as it.
    private static func agrees(_ zone: String, _ zones: Set<String>) -> Bool {
        zones.contains(zone) || zones.allSatisfy { Clocks.agree(zone, $0) }
    }

    @Test func `a zone that is said is the oracle's, and few are not known`() {
        #expect(Self.points.count == 400)
        var unknown = [true: 0, false: 0]
        for point in Self.points {
            switch PlaceZone.of(point.position, country: point.country) {
            case .known(let zone): #expect(Self.agrees(zone, point.zones), "\(point) got \(zone)")
            case .unknown: unknown[point.country == nil, default: 0] += 1
            }
        }
        #expect(unknown[false]! <= 4 && unknown[true]! <= 24, "\(unknown)")
    }

    /// The figures of `data/README.md`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SALONS_ZONE_POINTS"] != nil))
    func `is right as often as is said`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["SALONS_ZONE_POINTS"])
        var counts: [String: Int] = [:]
        for point in Self.points(try String(contentsOfFile: path, encoding: .utf8)) {
            let kind = point.country == nil ? "point" : "place"
            switch PlaceZone.of(point.position, country: point.country) {
            case .unknown: counts["\(kind), unknown", default: 0] += 1
            case .known(let zone):
                let verdict =
                    point.zones.contains(zone)
                    ? "right" : Self.agrees(zone, point.zones) ? "another zone of the same time" : "wrong"
                counts["\(kind), \(verdict)", default: 0] += 1
            }
        }
        print(counts.sorted { $0.key < $1.key })
        #expect(counts.filter { $0.key.hasSuffix("wrong") }.values.reduce(0, +) <= 2, "\(counts)")
    }

    @Test func `each place of the oracle is among those that may hold there`() {
        for point in Self.points {
            #expect(point.zones.isSubset(of: ZoneMap.shared.zones(near: point.position)), "\(point)")
        }
    }

    @Test func `the country decides near its border, and nothing is said against it`() {
        let flensburg = Coordinate(uncheckedLatitude: 54.8, longitude: 9.4)
        #expect(PlaceZone.of(flensburg, country: "DE") == .known("Europe/Berlin"))
        #expect(PlaceZone.of(flensburg, country: "DK") == .known("Europe/Copenhagen"))
        #expect(
            PlaceZone.of(flensburg, country: nil) == .unknown(.several(["Europe/Berlin", "Europe/Copenhagen"])))
        let paris = Coordinate(uncheckedLatitude: 48.85, longitude: 2.35)
        #expect(PlaceZone.of(paris, country: "DK") == .unknown(.elsewhere(["Europe/Paris"], country: "DK")))
        #expect(PlaceZone.of(.init(uncheckedLatitude: 45, longitude: -40), country: "US") == .unknown(.sea))
    }

    @Test func `the far corners of the map answer`() {
        for latitude in [-90.0, 0, 90] {
            for longitude in [-180.0, -0.0, 0, 180] {
                _ = ZoneMap.shared.zones(near: Coordinate(uncheckedLatitude: latitude, longitude: longitude))
            }
        }
        #expect(ZoneMap.shared.zones(near: .init(uncheckedLatitude: -16.8, longitude: 179.99)) == ["Pacific/Fiji"])
        #expect(ZoneMap.shared.zones(near: .init(uncheckedLatitude: -16.8, longitude: -179.99)) == ["Pacific/Fiji"])
    }

    @Test func `a zone is found from so far away and no farther`() {
        let bornholm = Coordinate(uncheckedLatitude: 55.1, longitude: 14.9)
        #expect(ZoneMap.shared.comes(any: ["Europe/Stockholm"], within: 100_000, of: bornholm))
        #expect(!ZoneMap.shared.comes(any: ["Europe/Paris"], within: 250_000, of: bornholm))
        let nearDateLine = Coordinate(uncheckedLatitude: -16.8, longitude: -179.5)
        #expect(ZoneMap.shared.comes(any: ["Pacific/Tongatapu"], within: 900_000, of: nearDateLine))
        #expect(ZoneMap.shared.comes(any: ["Pacific/Efate"], within: 1_500_000, of: nearDateLine))
    }

    @Test func `every zone of the map is one of a country`() {
        let zones = Set(CountryZones.codes.flatMap { CountryZones.zones(of: $0) })
        for latitude in stride(from: -89.5, to: 90, by: 1) {
            for longitude in stride(from: -179.5, to: 180, by: 1) {
                let near = ZoneMap.shared.zones(near: .init(uncheckedLatitude: latitude, longitude: longitude))
                #expect(zones.isSuperset(of: near), "\(latitude) \(longitude) \(near)")
            }
        }
    }
}
