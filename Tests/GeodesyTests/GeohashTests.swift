import Geodesy
import Testing

@Suite struct GeohashTests {
    @Test(arguments: geohashVectors)
    func `encodes as python-geohash does, at every precision`(latitude: Double, longitude: Double, text: String) throws
    {
        let coordinate = try Coordinate(latitude: latitude, longitude: longitude)
        for precision in 1...12 {
            #expect(try Geohash(coordinate, precision: precision).text == text.prefix(precision))
        }
        let decoded = try Geohash(text)
        #expect(decoded == (try Geohash(coordinate)))
        #expect(decoded.range == GeohashCell(coordinate).rawValue...GeohashCell(coordinate).rawValue)
        #expect(decoded.boundingBox.contains(coordinate))
    }

    @Test(arguments: geohashCellVectors)
    func `decodes edges and neighbours as python-geohash does`(text: String, box: [Double], neighbours: [String]) throws
    {
        let geohash = try Geohash(text)
        let bounds = geohash.boundingBox
        #expect([bounds.west, bounds.south, bounds.east, bounds.north] == box)
        #expect(geohash.neighbours.map(\.text).sorted() == neighbours)
        #expect(geohash.center.latitude == (box[1] + box[3]) / 2)
        #expect(geohash.center.longitude == (box[0] + box[2]) / 2)
    }

    @Test func `lists neighbours clockwise from the north`() throws {
        let around = try Geohash("u33db").neighbours
        let center = try Geohash("u33db").center
        #expect(around.count == 8)
        #expect(around[0].center.latitude > center.latitude && around[0].center.longitude == center.longitude)
        #expect(around[2].center.longitude > center.longitude && around[2].center.latitude == center.latitude)
        #expect(around[4].center.latitude < center.latitude)
        #expect(around[6].center.longitude < center.longitude)
    }

    @Test(arguments: [("u33l", Character("l"), 3), ("a", "a", 0), ("U33", "U", 0), ("u3 3", " ", 2), ("9é", "é", 1)])
    func `names the character that does not belong`(text: String, character: Character, offset: Int) {
        #expect(throws: GeodesyError.geohashCharacter(character, at: offset)) { try Geohash(text) }
    }

    @Test(arguments: ["", "u33db0000000b"])
    func `refuses texts that are empty or too long`(text: String) {
        #expect(throws: GeodesyError.geohashLength(text.count)) { try Geohash(text) }
    }

    @Test func `refuses precisions that do not exist`() throws {
        let origin = try Coordinate(latitude: 0, longitude: 0)
        #expect(throws: GeodesyError.geohashPrecision(0)) { try Geohash(origin, precision: 0) }
        #expect(throws: GeodesyError.geohashPrecision(13)) { try Geohash(origin, precision: 13) }
        #expect(throws: GeodesyError.geohashPrecision(-1)) { try GeohashCell(origin).range(precision: -1) }
        #expect(throws: GeodesyError.geohashPrecision(13)) { try GeohashCell(origin).range(precision: 13) }
    }

    @Test func `children fill their parent in order`() throws {
        let parent = try Geohash("u33d")
        let children = parent.children
        #expect(children.map(\.text) == "0123456789bcdefghjkmnpqrstuvwxyz".map { "u33d\($0)" })
        #expect(children.allSatisfy { $0.parent == parent })
        #expect(children.first?.range.lowerBound == parent.range.lowerBound)
        #expect(children.last?.range.upperBound == parent.range.upperBound)
        for (left, right) in zip(children, children.dropFirst()) {
            #expect(left.range.upperBound + 1 == right.range.lowerBound)
        }
        #expect(try Geohash("u").parent == nil)
        #expect(try Geohash("u33db0000000").children.isEmpty)
    }
}
