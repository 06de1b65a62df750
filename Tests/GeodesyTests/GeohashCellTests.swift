import Geodesy
import SeededRandom
import Testing

@Suite struct GeohashCellTests {
    @Test func `longitude takes the most significant bit`() throws {
        #expect(GeohashCell(try Coordinate(latitude: -1, longitude: 1)).rawValue >> 58 == 0b10)
        #expect(GeohashCell(try Coordinate(latitude: 1, longitude: -1)).rawValue >> 58 == 0b01)
    }

    @Test func `the last edges belong to the last cells`() throws {
        #expect(GeohashCell(try Coordinate(latitude: 90, longitude: 180)).rawValue == GeohashCell.count - 1)
        #expect(GeohashCell(try Coordinate(latitude: -90, longitude: -180)).rawValue == 0)
    }

    @Test func `a cell holds its position, west and south edges in, east and north edges out`() {
        var generator = SplitMix64(seed: 21)
        for _ in 0..<20_000 {
            let position = generator.coordinate()
            let cell = GeohashCell(position)
            let box = cell.boundingBox
            let isHeld =
                box.west <= position.longitude && (position.longitude < box.east || position.longitude == 180)
                && box.south <= position.latitude && (position.latitude < box.north || position.latitude == 90)
            #expect(isHeld, "seed 21, \(position)")
            let corner = Coordinate(uncheckedLatitude: box.south, longitude: box.west)
            #expect(GeohashCell(corner) == cell, "seed 21, \(position)")
            let south = Coordinate(uncheckedLatitude: box.south.nextDown, longitude: box.west)
            let west = Coordinate(uncheckedLatitude: box.south, longitude: box.west.nextDown)
            if box.south > -90 { #expect(GeohashCell(south) < cell, "seed 21, \(position)") }
            if box.west > -180 { #expect(GeohashCell(west) < cell, "seed 21, \(position)") }
        }
    }

    @Test func `a prefix is one range, and its range is its geohash's`() throws {
        var generator = SplitMix64(seed: 22)
        for _ in 0..<2000 {
            let position = generator.coordinate()
            let cell = GeohashCell(position)
            #expect(try cell.range(precision: 0) == 0...(GeohashCell.count - 1))
            #expect(try cell.range(precision: 12) == cell.rawValue...cell.rawValue)
            for precision in 1...12 {
                #expect(try cell.range(precision: precision) == Geohash(position, precision: precision).range)
            }
        }
    }
}
