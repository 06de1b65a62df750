import Catalogue
import Foundation
import Geodesy
import Salons
import SeededRandom
import Testing

@testable import Importing

struct ImporterTests {
    private func run(_ path: String, _ target: MemoryTarget, _ change: (inout ImportOptions) -> Void = { _ in })
        async throws
        -> ImportReport
    {
        var options = ImportOptions(source: "test")
        change(&options)
        let reader = try ImportFormat(path: path).reader(path: path, options: options)
        return try await Importer.run(reader, into: target, options: options)
    }

    @Test func `the totals add up on files damaged at random`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        let fixture = try Fixture()
        var original = "name,postcode,city,country,lat,lon,website\n"
        for number in 0..<40 { original += "\"Salon \(number)\",7430,Ikast,DK,56.1\(number),9.15,\n" }
        for round in 0..<150 {
            var bytes = Array(original.utf8)
            for _ in 0..<8 {
                let index = Int.random(in: 45..<bytes.count, using: &random)
                bytes[index] = [34, 10, 13, 44, 0, 0xC3, 0xF8, 45, 59].randomElement(using: &random)!
            }
            let path = try fixture.file("\(round).csv", bytes)
            let rejects = fixture.directory + "/rejects.csv"
            let target = MemoryTarget()
            let report = try await run(path, target) {
                $0.rejectsPath = rejects
                $0.batchSize = 7
            }
            #expect(report.read == report.accepted + report.rejected, "seed \(seed) round \(round)")
            #expect(await target.batches.allSatisfy { $0 <= 7 })
            let reader = try CSVReader(path: rejects)
            #expect(try Fixture.rows(reader).count == report.rejected, "seed \(seed) round \(round)")
        }
    }

    @Test func `a second run of the same file changes nothing`() async throws {
        let fixture = try Fixture()
        let path = try fixture.file("a.csv", "name,city,lat,lon\nA,Ikast,56,9\nB,Ikast,56,9\nA,Ikast,56,9\n")
        let target = MemoryTarget()
        let first = try await run(path, target)
        #expect(first.upserted == UpsertCounts(inserted: 2))
        #expect(first.rejectedByReason == [.duplicateReference: 1])
        #expect(try await run(path, target).upserted == UpsertCounts(unchanged: 2))
    }

    @Test func `the rejects file can be corrected and imported again`() async throws {
        let fixture = try Fixture()
        let path = try fixture.file("a.csv", "Navn;lat;lon;note\n'=SUM(A1);0;0;\"a;\"\"b\"\"\"\nB;56;9;\n+C;;-12,5;\n")
        let rejects = fixture.directory + "/rejects.csv"
        let report = try await run(path, MemoryTarget()) { $0.rejectsPath = rejects }
        #expect(report.rejectedByReason == [.nullIsland: 1, .missingPosition: 1])
        let text = try String(contentsOfFile: rejects, encoding: .utf8)
        #expect(
            text == "Navn,lat,lon,note,reason,line\r\n'=SUM(A1),0,0,\"a;\"\"b\"\"\",\"the position is 0, 0\",2\r\n"
                + "'+C,,\"-12,5\",,no position (lat and lon),4\r\n")
        let corrected = try fixture.file("b.csv", text.replacing("0,0,", with: "56.5,9,"))
        let target = MemoryTarget()
        let again = try await run(corrected, target)
        #expect(again.accepted == 1 && again.unknownColumns == ["note"])
        #expect(await target.salons.values.first?.profile.name == "=SUM(A1)")
        #expect(await target.salons.values.first?.sourceData == ["note": "a;\"b\""])
    }

    @Test func `rejects of GeoJSON have the columns of all rows`() async throws {
        let fixture = try Fixture()
        let path = try fixture.file(
            "a.geojson",
            #"{"type":"Feature","properties":{"a":"1"}}"# + "\n" + #"{"type":"Feature","properties":{"b":"2"}}"#)
        let rejects = fixture.directory + "/rejects.csv"
        _ = try await run(path, MemoryTarget()) { $0.rejectsPath = rejects }
        #expect(
            try String(contentsOfFile: rejects, encoding: .utf8)
                == "a,b,reason,line\r\n1,,no name,1\r\n,2,no name,2\r\n")
    }

    @Test func `transforms x and y from the stated coordinate system`() async throws {
        let fixture = try Fixture()
        let path = try fixture.file("a.csv", "name;x;y\nA;724411,08;6175747,22\nB;x;1\n")
        let target = MemoryTarget()
        let report = try await run(path, target) { $0.coordinateSystem = "EPSG:25832" }
        #expect(report.rejectedByReason == [.invalidNumber: 1])
        let location = try #require(await target.salons.values.first?.profile.location)
        #expect(abs(location.latitude - 55.68) < 0.02 && abs(location.longitude - 12.57) < 0.02)
        await #expect(throws: ImportingError.self) { try await run(path, target) { $0.coordinateSystem = "EPSG:0" } }
        await #expect(throws: ImportingError.self) { try await run(path, target) }
    }

    @Test func `maps columns and refuses a mapping that names none`() async throws {
        let fixture = try Fixture()
        let path = try fixture.file("a.csv", "Firma,name,lat,lon\nRigtig,forkert,56,9\n")
        let target = MemoryTarget()
        #expect(try await run(path, target) { $0.mapping = ["name": "Firma"] }.unknownColumns == ["name"])
        #expect(await target.salons.values.first?.profile.name == "Rigtig")
        await #expect(throws: ImportingError.self) { try await run(path, target) { $0.mapping = ["name": "Ukendt"] } }
        await #expect(throws: ImportingError.self) { try await run(path, target) { $0.mapping = ["navn": "Firma"] } }
    }

    @Test func `a cancelled import stops between batches`() async throws {
        let fixture = try Fixture()
        let text = "name,lat,lon\n" + (0..<100).map { "Salon \($0),56,9\n" }.joined()
        let path = try fixture.file("a.csv", text)
        let target = MemoryTarget()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await run(path, target) { $0.batchSize = 10 }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await target.batches.isEmpty)
    }

    @Test func `reads salons out of an OpenStreetMap file`() async throws {
        let fixture = try Fixture()
        func node(_ id: Int, _ lat: Double, _ lon: Double, _ tags: [String: String] = [:]) -> String {
            "<node id=\"\(id)\" version=\"1\" lat=\"\(lat)\" lon=\"\(lon)\">"
                + tags.sorted { $0.key < $1.key }.map { "<tag k=\"\($0.key)\" v=\"\($0.value)\"/>" }.joined()
                + "</node>"
        }
        let nodes = [
            node(
                1, 55.68, 12.57,
                [
                    "shop": "hairdresser", "hairdresser": "barber", "name": "Barbér", "addr:street": "Nygade",
                    "addr:postcode": "1164", "addr:country": "DK", "wheelchair": "yes", "level": "1",
                ]),
            node(2, 55.0, 12.0), node(3, 55.0, 12.2), node(4, 55.2, 12.2), node(5, 55.2, 12.0, ["entrance": "yes"]),
            node(6, 55.1, 12.1, ["shop": "bakery", "name": "Brød"]),
        ]
        let way =
            "<way id=\"9\" version=\"1\">" + [2, 3, 4, 5, 2].map { "<nd ref=\"\($0)\"/>" }.joined()
            + "<tag k=\"amenity\" v=\"spa\"/><tag k=\"name\" v=\"Badet\"/></way>"
        let path = try fixture.file("a.osm", "<osm version=\"0.6\">" + nodes.joined() + way + "</osm>")
        let target = MemoryTarget()
        let report = try await run(path, target)
        #expect(report.read == 2 && report.accepted == 2)
        let salons = Dictionary(uniqueKeysWithValues: await target.salons.map { ($0.key.reference, $0.value) })
        let barber = try #require(salons["node/1"])
        #expect(barber.profile.categories == CategorySet([.barber]) && barber.profile.address.street == "Nygade")
        #expect(barber.profile.attributes == AttributeSet([.wheelchair]) && barber.sourceData["level"] == "1")
        let spa = try #require(salons["way/9"])
        #expect(abs(spa.profile.location.latitude - 55.1) < 1e-6 && abs(spa.profile.location.longitude - 12.1) < 1e-6)
        #expect(throws: ImportingError.osmiumMissing) {
            try OSMReader(path: path, program: fixture.directory + "/none")
        }
        #expect(throws: ImportingError.self) { try OSMReader(path: try fixture.file("b.osm", "<osm")) }
    }
}
