import Catalogue
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
            ("1;A\u{1B}[31m;;;;;;;55;12", .controlCharacter), ("1;A\u{9B}31m;;;;;;;55;12", .controlCharacter),
            ("1;A\u{202E}B;;;;;;;55;12", .controlCharacter), ("1;A\u{7}B;;;;;;;55;12", .controlCharacter),
            ("1;A;;G\u{1B}c;;;;;55;12", .controlCharacter), ("1;\u{200B}\u{2060};;;;;;;55;12", .invisibleName),
            ("1;\u{2800};;;;;;;55;12", .invisibleName),
            ("1;A;;\(String(repeating: "x", count: 301));;;;;55;12", .textTooLong),
            ("1;e\(String(repeating: "\u{301}", count: 300));;;;;;;55;12", .nameTooLong),
            ("\(String(repeating: "1", count: 301));A;;;;;;;55;12", .textTooLong),
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
            ("1;A;hair;;;;;DK;54.32;10.13", .outsideCountry), ("1;A;hair;;;;;;55.67;4.0", .unknownTimeZone),
            ("1;A;hair;\u{200E}Gade;;;;DK;55.67;12.56", .directionMarkRemoved),
            ("1;A;hair;\"Gade\nBaghuset\";;;;DK;55.67;12.56", .whiteSpaceReplaced),
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

    @Test(
        arguments: [
            ("FO", "62.01;-6.77", "Atlantic/Faroe"), ("GL", "64.18;-51.7", "America/Nuuk"),
            ("FI", "60.17;24.94", "Europe/Helsinki"), ("US", "34.05;-118.24", "America/Los_Angeles"),
            ("AU", "-31.95;115.86", "Australia/Perth"), ("CA", "49.28;-123.12", "America/Vancouver"),
            ("RU", "43.12;131.89", "Asia/Vladivostok"), ("ES", "28.12;-15.43", "Atlantic/Canary"),
            ("ES", "38.88;-6.97", "Europe/Madrid"), ("PT", "37.74;-25.67", "Atlantic/Azores"),
            ("", "51.13;1.31", "Europe/London"), ("", "55.68;12.57", "Europe/Copenhagen"), ("", "38.88;-6.97", nil),
            ("CL", "-27.15;-109.43", "Pacific/Easter"), ("US", "21.31;-157.86", "Pacific/Honolulu"),
            ("BR", "-3.12;-60.02", "America/Manaus"), ("MX", "32.52;-117.04", "America/Tijuana"),
            ("US", "31.89;-85.145", nil), ("AU", "-36.122;146.888", "Australia/Melbourne"),
            ("AU", "-28.177;153.545", nil), ("CN", "43.83;87.62", nil),
        ] as [(String, String, String?)])
    func `the time zone is that of the place, or it is not known`(country: String, position: String, zone: String?)
        async throws
    {
        let (report, salon) = try await outcome("1;A;;;;;;\(country);\(position)")
        #expect(salon != nil && salon?.profile.timeZone == zone)
        #expect(report.warnings[.unknownTimeZone] == (zone == nil ? 1 : nil))
    }

    @Test func `a stated time zone stands, and a warning says row and reason where none is known`() async throws {
        #expect(
            try await outcome("1;A;;;;;;CN;43.83;87.62;;;;;;;Asia/Urumqi").salon?.profile.timeZone == "Asia/Urumqi")
        let remark = try await outcome("1;A;;;;;;CN;43.83;87.62").report.warningExamples[.unknownTimeZone]?.first
        #expect(remark?.line == 2)
        #expect(
            remark?.text.contains("Asia/Shanghai and Asia/Urumqi") == true && remark?.text.contains("timezone") == true)
    }

    @Test(arguments: [
        ("FI", 60.097, 19.935), ("SE", 68.442, 22.485), ("NO", 78.2232, 15.6267), ("DK", 62.0107, -6.7741),
        ("DK", 64.1835, -51.7216), ("AU", -31.5553, 159.0821), ("US", 51.88, -176.6581), ("FR", -20.8823, 55.4504),
        ("FR", 14.6089, -61.0733), ("FR", -17.5516, -149.5585), ("NL", 12.1508, -68.2767), ("FR", 4.9371, -52.326),
        ("GB", -51.6921, -57.8589), ("GB", 36.1408, -5.3536), ("NO", 70.9833, -8.5), ("US", 13.4757, 144.7489),
        ("CL", -27.15, -109.43), ("EC", -0.9, -89.6), ("ES", 35.8894, -5.3213), ("RU", 54.71, 20.51),
        ("NZ", -43.95, -176.56), ("IN", 11.62, 92.73), ("PT", 39.4, -31.1), ("CN", 22.28, 114.16),
        ("DK", 54.79, 9.43), ("UA", 44.95, 34.1), ("RU", 44.95, 34.1), ("AQ", -77.85, 166.67),
    ])
    func `no real place is refused, however far from its country's middle`(
        country: String, latitude: Double, longitude: Double
    ) async throws {
        let report = try await outcome("1;A;;;;;;\(country);\(latitude);\(longitude)").report
        #expect(report.accepted == 1, "\(report.rejectedExamples)")
    }

    @Test(arguments: [
        ("100;Tórshavn", 62.0107, -6.7741, "100"), ("FO-800;Tvøroyri", 61.5556, -6.8111, "FO-800"),
        ("3900;Nuuk", 64.1835, -51.7216, "3900"), ("800;Høje Taastrup", 55.6471, 12.2742, "0800"),
    ])
    func `Faroese and Greenlandic postcodes are none of Denmark's`(
        place: String, latitude: Double, longitude: Double, postcode: String
    ) async throws {
        let (report, salon) = try await outcome("1;A;;;;\(place);DK;\(latitude);\(longitude)")
        #expect(report.accepted == 1, "\(report.rejectedExamples)")
        #expect(salon?.profile.address.postcode == postcode)
    }

    @Test func `the far postcode's reason says how far and from where`() async throws {
        let postcode = try #require(DanishPostcodes.entry("7430"))
        let check = PositionCheck(coordinateSystem: nil, allowsCommaInMetres: true)
        let error = #expect(throws: RejectReason.self) {
            _ = try check.check(.init(uncheckedLatitude: 55.67, longitude: 12.56), country: "DK", postcode: postcode)
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
