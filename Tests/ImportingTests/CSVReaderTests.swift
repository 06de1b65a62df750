import Testing

@testable import Importing

struct CSVReaderTests {
    private func rows(_ bytes: [UInt8], chunkSize: Int = 4_096, mapping: [String: String] = [:]) throws -> [[String:
        String]]
    {
        let fixture = try Fixture()
        return try Fixture.rows(
            CSVReader(path: fixture.file("a.csv", bytes), mapping: mapping, chunkSize: chunkSize))
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `recognises the delimiter`(delimiter: String) throws {
        let text =
            ["name", "lat", "lon"].joined(separator: delimiter) + "\n" + ["A", "1", "2"].joined(separator: delimiter)
        let fixture = try Fixture()
        let reader = try CSVReader(path: fixture.file("a.csv", text))
        #expect(reader.recognised.delimiter == delimiter)
        #expect(reader.recognised.description.contains("separated by "))
        #expect(!reader.recognised.description.contains(delimiter + ","))
        #expect(try Fixture.rows(reader) == [["name": "A", "lat": "1", "lon": "2"]])
    }

    @Test(arguments: [
        ([0xEF, 0xBB, 0xBF] + Array("name\nFrisør".utf8), "UTF-8 with BOM"), (Array("name\nFrisør".utf8), "UTF-8"),
        (Array("name\nFris".utf8) + [0xF8, 0x72], "Windows-1252"), (Array("name\nFrisÃ¸r".utf8), "UTF-8"),
        (Array("name\nFrisÃƒÂ¸r".utf8), "UTF-8"),
    ])
    func `reads every encoding as the same text`(bytes: [UInt8], encoding: String) throws {
        let fixture = try Fixture()
        let reader = try CSVReader(path: fixture.file("a.csv", bytes))
        #expect(reader.recognised.encoding == encoding)
        #expect(try Fixture.rows(reader) == [["name": "Frisør"]])
    }

    @Test func `counts what it repaired`() throws {
        let fixture = try Fixture()
        let reader = try CSVReader(path: fixture.file("a.csv", "name,city\nFrisÃ¸r,KÃ¸ge\nFrisør,Ã…rhus\n"))
        #expect(try Fixture.rows(reader).last == ["name": "Frisør", "city": "Århus"])
        #expect(reader.textWarnings == [.doubleEncoded: 3])
    }

    @Test(
        arguments: [[0xFF, 0xFE, 0x6E, 0], [0xFE, 0xFF, 0, 0x6E], [0x6E, 0, 0x61, 0, 0x6D, 0, 0x65, 0]] as [[UInt8]])
    func `refuses UTF-16`(bytes: [UInt8]) throws {
        #expect(throws: ImportingError.self) { try rows(bytes) }
    }

    private static let messy =
        "name,city,note\r\n\"Saks, \"\"Lok\"\" & co\",Køge,\"to\r\nlinjer\"\r\n\r\nA \"midt\" i,,x\r\"\",\"B\",\"\"\n"
        + "kort,1\nlang,1,2,3\n\"brudt\"x,K,1\nC,D,E\n\"aldrig lukket,F,G\nH,I,J"

    @Test(arguments: 1...220)
    func `gives the same rows however the file is cut`(chunkSize: Int) throws {
        let expected: [[String: String]] = [
            ["name": "Saks, \"Lok\" & co", "city": "Køge", "note": "to\r\nlinjer"],
            ["name": "A \"midt\" i", "note": "x"],
            ["city": "B"], ["name": "kort", "city": "1", "!": "7: 2 fields instead of 3"],
            ["name": "lang", "city": "1", "note": "2", "!": "8: 4 fields instead of 3"],
            ["name": "\"brudt\"x", "city": "K", "note": "1", "!": "9: a quote is closed in the middle of a field"],
            ["name": "C", "city": "D", "note": "E"],
            ["name": "\"aldrig lukket", "city": "F", "note": "G", "!": "11: a quote is not closed"],
            ["name": "H", "city": "I", "note": "J"],
        ]
        #expect(try rows(Array(Self.messy.utf8), chunkSize: chunkSize) == expected)
    }

    @Test func `does not let one open quote swallow a large file`() throws {
        var text = "name,city\n\"open,A\n"
        for number in 0..<40_000 { text += "Salon \(number),Ikast\n" }
        let rows = try rows(Array(text.utf8))
        #expect(rows.count == 40_001)
        #expect(rows.count { $0["!"] != nil } == 1)
    }

    @Test func `reads a file without a header by numbers`() throws {
        #expect(try rows(Array("A,1\nB,2".utf8), mapping: ["name": "1"]).map { $0["1"] } == ["A", "B"])
        #expect(throws: ImportingError.noHeader(["A", "1"])) { try rows(Array("A,1\nB,2".utf8)) }
    }

    @Test(arguments: ["", "\n", "name", "name\n", "\"", "\"\n", ",", "\r", "name\n\"", "\u{FEFF}"])
    func `survives tiny files`(text: String) throws {
        for chunkSize in 1...3 { _ = try? rows(Array(text.utf8), chunkSize: chunkSize) }
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+45 12 34", "'+45 12 34"), ("-12.5", "-12.5"), ("@x", "'@x"), ("-a", "'-a"),
        ("\tx", "'\tx"),
        ("ren", "ren"), ("'t Kapsalon", "'t Kapsalon"), ("+4512345678", "+4512345678"),
    ])
    func `neutralises formulas and gives them back`(cell: String, safe: String) {
        #expect(Neutralised.apply(cell) == safe)
        #expect(Neutralised.undo(safe) == cell)
    }

    @Test(
        arguments: [
            ("55.67", 55.67), ("55,67", 55.67), ("-0.5", -0.5), (".5", 0.5), ("1e1", 10), ("nan", nil), ("inf", nil),
            ("0x1p3", nil), ("1,000.5", nil), ("", nil), ("-", nil), ("1 2", nil), ("1e999", nil), ("5-5", nil),
        ] as [(String, Double?)])
    func `reads only decimal numbers`(text: String, value: Double?) {
        #expect(DecimalText.parse(text, allowingComma: true) == value)
        if text.contains(",") { #expect(DecimalText.parse(text, allowingComma: false) == nil) }
    }
}
