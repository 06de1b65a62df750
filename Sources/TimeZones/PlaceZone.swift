import Foundation
public import Geodesy

/// The time zone of a place, as far as it is certain.
public enum PlaceZone: Sendable, Hashable {
    /// IANA name.
    case known(String)
    /// Nothing certain can be said.
    case unknown(Reason)

    /// Why a zone is not known.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// Near a border between these, or where both are in use.
        case several([String])
        /// The zones there are none of the stated country.
        case elsewhere([String], country: String)
        /// On the open sea.
        case sea
        /// This program's tables of clock changes do not have the zone.
        case untabulated(String)

        /// A clause that goes on after "because".
        public var description: String {
            switch self {
            case .several(let zones):
                "the place is near the border of \(zones.joined(separator: " and ")), or both are in use there"
            case .elsewhere(let zones, let country):
                "the place is in \(zones.joined(separator: " or ")), which is no zone of \(country)"
            case .sea: "the position is on the open sea"
            case .untabulated(let zone): "the clock of \(zone) is not known to this system"
            }
        }
    }

    /// Finds the zone of a position. A country, where it is stated, decides near its border; near a border inside of
    /// it, of zones whose clocks agree until 2037 the likeliest is taken.
    ///
    /// `data/README.md` says how often it is right.
    /// - Parameter country: ISO 3166-1 alpha-2 code in upper case.
    public static func of(_ position: Coordinate, country: String?, in map: ZoneMap = .shared) -> PlaceZone {
        let near = map.zones(near: position)
        guard !near.isEmpty else { return .unknown(.sea) }
        guard let country, CountryZones.isCountry(country) else {
            guard let zone = near.first, near.count == 1 else { return .unknown(.several(near.sorted())) }
            return tabulated(zone)
        }
        let zones = CountryZones.zones(of: country)
        let possible = near.filter(zones.contains)
        guard let first = possible.first else { return .unknown(.elsewhere(near.sorted(), country: country)) }
        guard possible.dropFirst().allSatisfy({ Clocks.agree(first, $0) }) else {
            return .unknown(.several(possible.sorted()))
        }
        return tabulated(first)
    }

    private static func tabulated(_ zone: String) -> PlaceZone {
        TimeZone(identifier: zone) == nil ? .unknown(.untabulated(zone)) : .known(zone)
    }
}
