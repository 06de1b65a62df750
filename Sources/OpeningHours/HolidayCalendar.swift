/// The public holidays (`PH`) of one country, as far as they are known.
///
/// Only general public holidays count. For Denmark that leaves out Constitution Day (June 5), Christmas Eve and New
/// Year's Eve: they are no *helligdage*, and a salon that closes on them says so with a rule of its own. Where the
/// regions of a country (Länder, cantons, states) differ, a day that is a holiday in some of them only may be one: the
/// region of a salon is not known. So may every day of a country without a table, and every day outside 2020 to 2035.
public struct HolidayCalendar: Sendable, Hashable {
    private enum Source: Sendable, Hashable {
        case none
        case unknown
        case table(HolidayTable)
    }

    private let source: Source
    private var leavesOutPossible = false

    /// Whether a day is a holiday.
    public enum Certainty: Sendable, Hashable {
        /// It is none, in no region of the country.
        case ordinary
        /// It is one in some region, its date is only estimated, or nothing is known.
        case possible
        /// It is one, in each region.
        case certain
    }

    /// The statutory holidays of Denmark proper.
    public static let denmark = of(country: "DK")

    /// No day is a holiday.
    public static let none = HolidayCalendar(source: .none)

    /// Every day may be a holiday.
    public static let unknown = HolidayCalendar(source: .unknown)

    /// The calendar of a country by ISO 3166-1 alpha-2 code in either case; ``unknown`` for one without a table.
    public static func of(country: String) -> HolidayCalendar {
        HolidayTable.of(country: country).map { HolidayCalendar(source: .table($0)) } ?? .unknown
    }

    private init(source: Source) {
        self.source = source
    }

    /// The same, as if no day that may be a holiday were one.
    public var withoutPossible: HolidayCalendar {
        var calendar = self
        calendar.leavesOutPossible = true
        return calendar
    }

    /// Whether a day is a public holiday.
    public func certainty(of day: CivilDay) -> Certainty {
        let certainty = known(of: day)
        return leavesOutPossible && certainty == .possible ? .ordinary : certainty
    }

    private func known(of day: CivilDay) -> Certainty {
        switch source {
        case .none: .ordinary
        case .unknown: .possible
        case .table(let table): table.certainty(of: day)
        }
    }
}
