import Foundation
import Geodesy
import SeededRandom
import Testing

@Suite struct TileTests {
    // Source: the tile of Berlin's city hall as openstreetmap.org serves it, and the formula on
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames worked by hand for the others.
    @Test(arguments: [
        (52.518611, 13.408333, 10, 550, 335), (0, 0, 1, 1, 1), (85.0511, -180, 4, 0, 0), (-85.0511, 180, 4, 15, 15),
        (90, 180, 3, 7, 0), (-90, -180, 3, 0, 7), (66.51, 0, 2, 2, 1), (66.52, 0, 2, 2, 0),
    ])
    func `finds the tile of a position`(latitude: Double, longitude: Double, zoom: Int, x: Int, y: Int) throws {
        let tile = try Tile(try Coordinate(latitude: latitude, longitude: longitude), zoom: zoom)
        #expect(tile == (try Tile(zoom: zoom, x: x, y: y)))
    }

    @Test func `refuses tiles that do not exist`() throws {
        #expect(throws: GeodesyError.zoom(23)) { try Tile(zoom: 23, x: 0, y: 0) }
        #expect(throws: GeodesyError.zoom(-1)) { try Tile(zoom: -1, x: 0, y: 0) }
        #expect(throws: GeodesyError.tile(zoom: 2, x: 4, y: 0)) { try Tile(zoom: 2, x: 4, y: 0) }
        #expect(throws: GeodesyError.tile(zoom: 2, x: 0, y: -1)) { try Tile(zoom: 2, x: 0, y: -1) }
        let origin = try Coordinate(latitude: 0, longitude: 0)
        #expect(throws: GeodesyError.zoom(23)) { try Tile(origin, zoom: 23) }
    }

    @Test func `zoom 0 is the square map`() throws {
        let world = try Tile(zoom: 0, x: 0, y: 0)
        #expect(abs(Tile.latitudeLimit - 85.051_128_779_806_59) < 1e-12)
        #expect(abs(world.boundingBox.north - Tile.latitudeLimit) < 1e-12)
        #expect(abs(world.boundingBox.south + Tile.latitudeLimit) < 1e-12)
        #expect(world.boundingBox.west == -180 && world.boundingBox.east == 180)
        #expect(world.parent == nil)
        let middle = world.position(of: try Coordinate(latitude: 0, longitude: 0))
        #expect(middle == (2048, 2048))
        #expect(world.position(of: try Coordinate(latitude: 90, longitude: -180)) == (0, 0))
        #expect(world.position(of: try Coordinate(latitude: -90, longitude: 180)) == (4096, 4096))
    }

    @Test func `a tile holds the positions it is found for, within its extent`() throws {
        var generator = SplitMix64(seed: 61)
        for _ in 0..<3000 {
            let zoom = Int.random(in: 0...22, using: &generator)
            let position = Coordinate(
                uncheckedLatitude: Double.random(in: -85...85, using: &generator),
                longitude: Double.random(in: -180..<180, using: &generator))
            let tile = try Tile(position, zoom: zoom)
            #expect(tile.boundingBox.contains(position), "seed 61, \(tile) \(position)")
            let inside = tile.position(of: position)
            #expect((0..<4096).contains(inside.x) && (0..<4096).contains(inside.y), "seed 61, \(tile) \(position)")
        }
    }

    @Test func `children tile their parent`() throws {
        let tile = try Tile(zoom: 10, x: 550, y: 335)
        let children = tile.children
        #expect(children.allSatisfy { $0.parent == tile && $0.zoom == 11 })
        #expect(Set(children).count == 4)
        #expect(children[0].boundingBox.north == tile.boundingBox.north)
        #expect(children[0].boundingBox.west == tile.boundingBox.west)
        #expect(children[3].boundingBox.south == tile.boundingBox.south)
        #expect(children[3].boundingBox.east == tile.boundingBox.east)
        #expect(try Tile(zoom: 22, x: 0, y: 0).children.isEmpty)
    }
}
