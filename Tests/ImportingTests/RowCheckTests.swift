import Geodesy
import Salons
import Testing

@testable import Importing

struct RowCheckTests {
    private func outcome(_ row: String, options change: (inout ImportOptions) -> Void = { _ in }) async throws
        -> (report: ImportReport, salon: ImportedSalon?)
    {
        let fixture = try Fixture()
        let header =
            "source_ref;name;category;street;housenumber;postcode;city;country;lat;lon;opening_hours;website;price_level;"
            + "rating;rating_count;attributes;timezone;extra\n"
        let cells = row.split(separator: ";", omittingEmptySubsequences: false)
        let line = row + String(repeating: ";", count: max(0, 17 - (cells.count - 1)))
        var options = ImportOptions(source: "test")
        change(&options)
        let target = MemoryTarget()
        let path = try fixture.file("a.csv", header + line + "\n")
        let report = try await Importer.run(CSVReader(path: path), into: target, options: options)
        return (report, await target.salons.values.first)
    }

    @Test(
        arguments: [
            ("1;;;;;;;DK;55.67;12.56", .missingName), ("1;A;;Vestergade;21;7430;Ikast;DK;;", .missingPosition),
            ("1;A;;;;;;;nan;12", .invalidNumber), ("1;A;;;;;;;0x37;12", .invalidNumber),
            ("1;A;;;;;;;1,2,3;12", .invalidNumber),
            ("1;A;;;;;;;191;195", .outOfRange), ("1;A;;;;;;;12.5;155", nil), ("1;A;;;;;;;0;0.0", .nullIsland),
            ("1;A;;;;;;;155;12", .swapped), ("1;A;;;;;;DK;12.56;55.67", .swapped),
            ("1;A;;;;1050;;DK;12.58;55.68", .swapped),
            ("1;A;;;;;;DK;48.85;2.35", .outsideCountry), ("1;A;;;;1050;København;;20;77", .outsideCountry),
            ("1;A;;;;7430;Ikast;DK;55.67;12.56", .farFromPostcode),
            ("1;A;;;;74300;Ikast;DK;56.13;9.16", .invalidPostcode),
            ("1;A;;;;7430;Ikast;DK;56.13;9.16", nil), ("1;A;;;;7430;Ikast;dk;56,13;9,16", nil),
            ("1;A;;;;1050;Oslo;;59.9;10.7", nil), ("1;A;;;;8000;Århus;;55.67;12.56", .farFromPostcode),
            ("1;\(String(repeating: "x", count: 301));;;;;;;55;12", .nameTooLong),
            ("1;A;too;few;;;;;;;;;;;;;;;;;;", .malformed),
        ] as [(String, RejectReason.Kind?)])
    func `rejects a row for the first thing that a salon cannot be without`(row: String, kind: RejectReason.Kind?)
        async throws
    {
        let report = try await outcome(row).report
        #expect(report.rejectedByReason == (kind.map { [$0: 1] } ?? [:]))
    }

    @Test(
        arguments: [
            ("1;A;hair;;;;;DK;55.67;12.56;;javascript:alert(1)", .invalidWebsite),
            ("1;A;hair;;;;;DK;55.67;12.56;;http://", .invalidWebsite),
            ("1;A;hair;;;;;DK;55.67;12.56;;http://a b.dk", .invalidWebsite),
            ("1;A;hair,klip;;;;;DK;55.67;12.56", .unknownCategory),
            ("1;A;hair;;;;;DK;55.67;12.56;;;5", .invalidPrice),
            ("1;A;hair;;;;;DK;55.67;12.56;;;;5.1;3", .invalidRating),
            ("1;A;hair;;;;;DK;55.67;12.56;;;;4;-1", .invalidRating),
            ("1;A;hair;;;;;DK;55.67;12.56;;;;;;pool", .unknownAttribute),
            ("1;A;hair;;;;;DK;55.67;12.56;;;;;;;Mars/Base", .invalidTimeZone),
            ("1;A;hair;;;;;Q9;55.67;12.56", .invalidCountry),
            ("1;A;hair;;;9999;;DK;55.67;12.56", .unknownPostcode),
            ("1;A;hair;;;;;DK;55.67;12.56;efter aftale hos", .openingHoursNotUnderstood),
        ] as [(String, ImportWarning)])
    func `keeps a row without the optional part that is wrong`(row: String, warning: ImportWarning) async throws {
        let (report, salon) = try await outcome(row)
        #expect(report.warnings[warning] == 1)
        #expect(salon?.profile.categories == CategorySet([.hair]))
        #expect(salon?.profile.website == nil && salon?.profile.rating == nil && salon?.profile.priceLevel == nil)
    }

    @Test func `fills a profile`() async throws {
        let (report, salon) = try await outcome(
            "r1;Salon Saks;hair;Vestergade;21;DK-7430;Ikast;Danmark;56,13;9,16;Mo-Fr 09:00-17:00;www.saks.dk;2;4.5;12;"
                + "wheelchair|women;;mere")
        let profile = try #require(salon?.profile)
        #expect(report.warnings.isEmpty && report.unknownColumns == ["extra"])
        #expect(salon?.sourceData == ["extra": "mere"])
        #expect(salon?.sourceDataJSON == #"{"extra":"mere"}"#)
        #expect(
            profile.address
                == Address(street: "Vestergade", housenumber: "21", postcode: "7430", city: "Ikast", country: "DK"))
        #expect(profile.timeZone == "Europe/Copenhagen" && profile.website == "http://www.saks.dk")
        #expect(profile.rating == Rating(tenths: 45, count: 12) && profile.priceLevel == 2)
        #expect(profile.attributes == AttributeSet([.wheelchair, .women]))
        #expect(profile.source == SourceReference(source: "test", reference: "r1"))
    }

    @Test(arguments: [
        ("FO", "62.01;-6.77", "Atlantic/Faroe"), ("GL", "64.18;-51.7", "America/Nuuk"),
        ("FI", "60.17;24.94", "Europe/Helsinki"),
    ])
    func `takes the time zone from the country`(country: String, position: String, zone: String) async throws {
        #expect(try await outcome("1;A;;;;;;\(country);\(position)").salon?.profile.timeZone == zone)
    }

    @Test func `the far postcode's reason says how far and from where`() async throws {
        let postcode = try #require(DanishPostcodes.entry("7430"))
        let check = PositionCheck(coordinateSystem: nil, allowsCommaInMetres: true)
        let error = #expect(throws: RejectReason.self) {
            try check.check(.init(uncheckedLatitude: 55.67, longitude: 12.56), country: "DK", postcode: postcode)
        }
        #expect(error?.description.contains("km from the centre of 7430 Ikast") == true)
    }

    @Test func `derived references do not change`() {
        let address = Address(street: "Nørre Allé", housenumber: "2", postcode: "7430", city: "Ikast")
        let reference = DerivedReference.of(name: "Salon Saks", address: address)
        #expect(
            reference
                == DerivedReference.of(
                    name: " SALON  saks!",
                    address: Address(
                        street: "Noerre Alle", housenumber: "2", postcode: "7430", city: "ikast")))
        #expect(
            reference
                != DerivedReference.of(name: "Salon Saks", address: Address(street: "Nørre Allé", housenumber: "3")))
        #expect(reference == "sha256-6a0e7083482f405a56e61014225a48ee")
    }
}
