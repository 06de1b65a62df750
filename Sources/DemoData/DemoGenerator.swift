import Foundation
import Geodesy
public import Salons
import SeededRandom

/// Makes invented salons: the same ones for the same seed, count and style, on every machine.
///
/// Each salon depends only on the seed and its own number, so that a longer run begins with a shorter one's salons. The
/// names say that they are invented; the source is `demo`, the reference `demo-<seed>-<number>`.
public struct DemoGenerator: Sequence, Sendable {
    /// Where the salons stand.
    public enum Style: Sendable, Hashable {
        /// Around real Danish postcodes, most in the towns that have many postcodes.
        case denmark
        /// For load: 95 in 100 in normal clusters (σ = 5 km) around 500 cities of Europe, the others anywhere from
        /// 35° to 70° N and 10° W to 40° E, also at sea.
        case europe
    }

    /// The source of all these salons.
    public static let source = "demo"

    /// What all numbers are drawn from.
    public let seed: UInt64
    /// How many salons there are.
    public let count: Int
    /// Where they stand.
    public let style: Style

    /// Describes the salons; nothing is made before they are asked for.
    public init(seed: UInt64, count: Int, style: Style = .denmark) {
        self.seed = seed
        self.count = Swift.max(count, 0)
        self.style = style
    }

    /// Makes the salons one after another, in constant memory.
    public func makeIterator() -> AnyIterator<SalonProfile> {
        var number = 0
        return AnyIterator {
            guard number < count else { return nil }
            defer { number += 1 }
            return salon(number)
        }
    }

    /// The salon with a number from 0; numbers beyond `count` have one as well.
    public func salon(_ number: Int) -> SalonProfile {
        var random = SplitMix64(seed: seed)
        // A stream of its own for each number, mixed so that neighbours have nothing in common.
        random = SplitMix64(seed: random.next() ^ (UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95))
        let place = place(&random)
        let categories = random.element(DemoWords.kinds)
        let kind = categories.contains(CategorySet([.hair])) ? "Salon" : "Klinik"
        let digits = String(number)
        let padded = String(repeating: "0", count: Swift.max(0, 4 - digits.utf8.count)) + digits
        let name = "Opdigtet \(kind) \(random.element(DemoWords.names)) \(padded)"
        var address = place.address
        address.street = random.element(DemoWords.streets)
        address.housenumber = String(1 + random.index(120)) + (random.index(8) == 0 ? "B" : "")
        let ratings = random.index(10) == 0 ? 0 : Int32(1 + random.index(40) * random.index(12))
        return SalonProfile(
            name: name, address: address, location: place.location, timeZone: place.timeZone, categories: categories,
            priceLevel: random.index(5) == 0 ? nil : Int16(1 + random.index(4)),
            rating: ratings == 0
                ? nil : Rating(tenths: Int16(30 + random.index(11) + random.index(11)), count: ratings),
            attributes: attributes(&random),
            openingHours: random.index(12) == 0 ? nil : random.element(DemoWords.openingHours),
            source: SourceReference(source: Self.source, reference: "demo-\(seed)-\(number)"))
    }

    private func attributes(_ random: inout SplitMix64) -> AttributeSet {
        // Each bit of two random words with a chance of a quarter.
        let bits = UInt32(truncatingIfNeeded: random.next() & random.next())
        var set = AttributeSet(rawValue: bits & ((1 << UInt32(Attribute.allCases.count)) - 1))
        if set.contains(AttributeSet([.wheelchair])) { set.remove(AttributeSet([.wheelchairLimited])) }
        return set
    }

    private func place(
        _ random: inout SplitMix64
    ) -> (location: Coordinate, address: Address, timeZone: String) {
        switch style {
        case .denmark:
            let postcode = random.element(DanishPostcodes.all)
            // The inner cities' postcodes are streets, those of the country are parishes.
            let isStreet = postcode.code < "2000"
            let location = scattered(around: postcode.centre, sigma: isStreet ? 60 : 450, &random)
            return (
                location, Address(postcode: postcode.code, city: postcode.city, country: "DK"), "Europe/Copenhagen"
            )
        case .europe where random.index(20) == 0:
            let location = Coordinate(
                uncheckedLatitude: 35 + 35 * random.fraction(), longitude: -10 + 50 * random.fraction())
            return (location, Address(), "UTC")
        case .europe:
            let city = random.element(EuropeanCities.all)
            let location = scattered(around: city.centre, sigma: 5_000, &random)
            return (location, Address(city: city.name, country: city.country), city.timeZone)
        }
    }

    /// A normally distributed position (Box and Muller 1958) on the plane that touches the earth at the centre, to
    /// seven decimals.
    private func scattered(
        around centre: Coordinate, sigma: Meters, _ random: inout SplitMix64
    ) -> Coordinate {
        let radius = sigma.value * (-2 * log(1 - random.fraction())).squareRoot()
        let angle = 2 * Double.pi * random.fraction()
        let metresPerDegree = 111_195.0
        let latitude = centre.latitude + radius * cos(angle) / metresPerDegree
        let longitude = centre.longitude + radius * sin(angle) / (metresPerDegree * cos(centre.latitude * .pi / 180))
        return Coordinate(
            uncheckedLatitude: (latitude * 1e7).rounded() / 1e7, longitude: (longitude * 1e7).rounded() / 1e7)
    }
}
