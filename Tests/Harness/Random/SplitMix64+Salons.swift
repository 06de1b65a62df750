public import Foundation
public import Salons
public import SeededRandom

extension SplitMix64 {
    /// A salon of any properties.
    /// - Parameters:
    ///   - hours: opening hours to choose from.
    ///   - places: time zones to choose from, each with its country.
    ///   - statuses: to choose from.
    public mutating func profile(
        _ reference: String, hours: [String?], places: [(String, String?)] = [("Europe/Copenhagen", nil)],
        statuses: [SalonStatus] = [.published]
    ) -> SalonProfile {
        let place = places.randomElement(using: &self)!
        let isRated = Bool.random(using: &self)
        return SalonProfile(
            name: "Salon \(reference)", address: Address(country: place.1), location: position(), timeZone: place.0,
            categories: CategorySet(rawValue: UInt32(truncatingIfNeeded: next() & next()) & 0x7FFF),
            priceLevel: Bool.random(using: &self) ? Int16.random(in: 1...4, using: &self) : nil,
            rating: isRated
                ? Rating(
                    tenths: Int16.random(in: 0...50, using: &self), count: Int32.random(in: 0...200, using: &self))
                : nil,
            attributes: AttributeSet(rawValue: UInt32(truncatingIfNeeded: next() | next()) & 0xFFF),
            openingHours: hours.randomElement(using: &self)!,
            status: statuses.randomElement(using: &self)!,
            source: SourceReference(source: "test", reference: reference))
    }

    /// A random identifier.
    public mutating func uuid() -> UUID {
        var value = (next(), next())
        return withUnsafeBytes(of: &value) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
