import Foundation
import Geodesy
import SeededRandom

extension SplitMix64 {
    /// Positions all over the earth, of which a good part lies at or near a pole, ±180° or the equator.
    mutating func coordinate() -> Coordinate {
        func near(_ value: Double, _ limit: Double, _ generator: inout Self) -> Double {
            let reach = pow(10, Double.random(in: -12...0, using: &generator))
            return min(max(value + Double.random(in: -reach...reach, using: &generator), -limit), limit)
        }
        let latitude: Double
        switch Int.random(in: 0..<10, using: &self) {
        case 0: latitude = near([-90, 0, 90].randomElement(using: &self)!, 90, &self)
        case 1: latitude = [-90, 0, 90].randomElement(using: &self)!
        default: latitude = asin(Double.random(in: -1...1, using: &self)) * 180 / .pi
        }
        let longitude: Double
        switch Int.random(in: 0..<10, using: &self) {
        case 0: longitude = near([-180, 0, 180].randomElement(using: &self)!, 180, &self)
        case 1: longitude = [-180, 0, 180].randomElement(using: &self)!
        default: longitude = Double.random(in: -180...180, using: &self)
        }
        return Coordinate(uncheckedLatitude: latitude, longitude: longitude)
    }
}
