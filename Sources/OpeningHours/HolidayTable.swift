/// The public holidays of one country in the years of the table, each day in two bits.
///
/// The table is compiled in as text (`HolidayTable+Days1.swift` and its neighbours): a country's code, its holidays in
/// all regions, `?`, those that are one in some region or whose date is only estimated, `;`. `1225` is a date of each
/// year, `e+39` one counted from Easter, `26:0619,1127` are dates of 2026.
final class HolidayTable: Sendable {
    let country: String
    private let certain: [UInt64]
    private let possible: [UInt64]

    static let years = 2020...2035
    private static let firstDay = CivilDay(year: years.lowerBound, month: 1, day: 1).number
    private static let dayCount = CivilDay(year: years.upperBound + 1, month: 1, day: 1).number - firstDay

    /// By ISO 3166-1 alpha-2 code.
    private static let all: [String: HolidayTable] = {
        var tables: [String: HolidayTable] = [:]
        // A country can go on in the next file.
        let text = [days1, days2, days3, days4, days5].joined(separator: "\n")
        for entry in text.split(separator: ";") {
            let words = entry.split { $0 == " " || $0 == "\n" }
            guard let code = words.first.map(String.init) else { continue }
            tables[code] = HolidayTable(country: code, words: words.dropFirst())
        }
        return tables
    }()

    static func of(country: String) -> HolidayTable? { all[country.uppercased()] }

    /// Every country in the table.
    static var countries: [String] { all.keys.sorted() }

    private init(country: String, words: ArraySlice<Substring>) {
        self.country = country
        let mark = words.firstIndex(of: "?") ?? words.endIndex
        certain = Self.bits(of: words[..<mark])
        possible = Self.bits(of: words[mark...].dropFirst())
    }

    func certainty(of day: CivilDay) -> HolidayCalendar.Certainty {
        let place = day.number - Self.firstDay
        guard (0..<Self.dayCount).contains(place) else { return .possible }
        let bit: UInt64 = 1 << UInt64(place & 63)
        if certain[place >> 6] & bit != 0 { return .certain }
        return possible[place >> 6] & bit != 0 ? .possible : .ordinary
    }

    private static func bits(of words: ArraySlice<Substring>) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: (dayCount + 63) / 64)
        func add(_ day: CivilDay) {
            let place = day.number - firstDay
            guard (0..<dayCount).contains(place) else { return }
            bits[place >> 6] |= 1 << UInt64(place & 63)
        }
        func add(_ date: Substring, in year: Int) {
            guard let number = Int(date) else { return }
            add(CivilDay(year: year, month: number / 100, day: number % 100))
        }
        for word in words {
            let parts = word.split(separator: ":")
            if word.hasPrefix("e"), let offset = Int(word.dropFirst()) {
                for year in years { add(CivilDay.easter(of: year) + offset) }
            } else if parts.count == 2, let year = Int(parts[0]) {
                for date in parts[1].split(separator: ",") { add(date, in: 2000 + year) }
            } else {
                for year in years { add(word, in: year) }
            }
        }
        return bits
    }
}

extension HolidayTable: Hashable {
    static func == (left: HolidayTable, right: HolidayTable) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(country) }
}
