import Foundation
import Geodesy
import SeededRandom
import Testing

@Suite struct CoveringTests {
    private static func holds(_ ranges: [ClosedRange<UInt64>], _ coordinate: Coordinate) -> Bool {
        let code = GeohashCell(coordinate).rawValue
        return ranges.contains { $0.contains(code) }
    }

    private static func isWellFormed(_ ranges: [ClosedRange<UInt64>], atMost limit: Int) -> Bool {
        ranges.count <= limit && !ranges.isEmpty
            && zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
            && ranges.allSatisfy { $0.upperBound < GeohashCell.count }
    }

    @Test func `a circle's covering misses no position within the radius`() {
        var generator = SplitMix64(seed: 51)
        for index in 0..<3000 {
            let center = generator.coordinate()
            let radius = index % 20 == 0 ? 0 : pow(10, Double.random(in: -2...log10(20_000_000), using: &generator))
            let limit = [1, 2, 8, 32].randomElement(using: &generator)!
            let ranges = Covering.circle(center: center, radius: Meters(radius), maxRanges: limit)
            let message = "seed 51, \(center) \(radius) \(limit)"
            #expect(Self.isWellFormed(ranges, atMost: limit), "\(message)")
            #expect(Self.holds(ranges, center), "\(message)")
            for sample in 0..<40 {
                // Half of the samples on the rim, where a covering fails first.
                let part = sample % 2 == 0 ? 1 : Double.random(in: 0...1, using: &generator)
                let azimuth = sample < 16 ? Double(sample / 2) * 45 : Double.random(in: 0...360, using: &generator)
                let position = Geodesic.destination(from: center, azimuth: azimuth, distance: Meters(radius * part))
                #expect(Self.holds(ranges, position), "\(message) \(position)")
            }
            let other = generator.coordinate()
            if Geodesic.distance(center, other).value <= radius {
                #expect(Self.holds(ranges, other), "\(message) \(other)")
            }
        }
    }

    @Test func `a circle of no radius holds its centre under both names of the antimeridian and of a pole`() throws {
        let west = try Coordinate(latitude: 10, longitude: -180)
        let east = try Coordinate(latitude: 10, longitude: 180)
        for center in [west, east] {
            let ranges = Covering.circle(center: center, radius: 0, maxRanges: 8)
            #expect(Self.holds(ranges, west) && Self.holds(ranges, east))
        }
        let pole = Covering.circle(center: try Coordinate(latitude: 90, longitude: 13), radius: 0, maxRanges: 8)
        #expect(Self.holds(pole, try Coordinate(latitude: 90, longitude: -100)))
    }

    @Test func `a negative radius or NaN covers nothing`() throws {
        let center = try Coordinate(latitude: 1, longitude: 1)
        #expect(Covering.circle(center: center, radius: -1, maxRanges: 8).isEmpty)
        #expect(Covering.circle(center: center, radius: Meters(.nan), maxRanges: 8).isEmpty)
        let all = Covering.circle(center: center, radius: Meters(.infinity), maxRanges: 8)
        #expect(all == [0...(GeohashCell.count - 1)])
    }

    @Test func `a box's covering misses no position of the box`() {
        var generator = SplitMix64(seed: 52)
        for _ in 0..<1000 {
            let box = BoundingBoxTests.random(&generator)
            let limit = [1, 2, 8, 32].randomElement(using: &generator)!
            let ranges = Covering.box(box, maxRanges: limit)
            #expect(Self.isWellFormed(ranges, atMost: limit), "seed 52, \(box)")
            for part in box.split {
                for _ in 0..<20 {
                    let latitude = [part.south, part.north, .random(in: part.south...part.north, using: &generator)]
                    let longitude = [part.west, part.east, .random(in: part.west...part.east, using: &generator)]
                    let position = Coordinate(
                        uncheckedLatitude: latitude.randomElement(using: &generator)!,
                        longitude: longitude.randomElement(using: &generator)!)
                    #expect(Self.holds(ranges, position), "seed 52, \(box) \(position)")
                }
            }
        }
    }

    @Test func `a geohash's own box is covered by its range and the cells on its closed edges`() throws {
        let cell = try Geohash("u33d")
        let ranges = Covering.box(cell.boundingBox, maxRanges: 64)
        #expect(ranges.contains { $0.lowerBound <= cell.range.lowerBound && $0.upperBound >= cell.range.upperBound })
    }

    /// Without this a covering of the whole earth would pass for a correct one.
    @Test(arguments: [10.0, 500, 5000, 50_000, 500_000])
    func `thirty-two ranges waste less than a quarter of what they cover`(radius: Double) throws {
        var generator = SplitMix64(seed: 53)
        var (within, without) = (0, 0)
        for latitude in [0.01, 37.77, 52.52, -33.9, 69.6] {
            let center = try Coordinate(latitude: latitude, longitude: 13.404954)
            let ranges = Covering.circle(center: center, radius: Meters(radius), maxRanges: 32)
            let total = ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) }
            for _ in 0..<2000 {
                var offset = UInt64.random(in: 0..<total, using: &generator)
                for range in ranges {
                    let count = range.upperBound - range.lowerBound + 1
                    guard offset >= count else {
                        let box = GeohashCell(rawValue: range.lowerBound + offset).boundingBox
                        let position = Coordinate(uncheckedLatitude: box.south, longitude: box.west)
                        if Geodesic.distance(center, position).value <= radius { within += 1 } else { without += 1 }
                        break
                    }
                    offset -= count
                }
            }
        }
        #expect(within > 3 * without, "seed 53")
    }
}
