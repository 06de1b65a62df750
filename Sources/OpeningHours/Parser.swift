/// Reads a value rule by rule; gives up on the first part it does not know.
struct Parser {
    var cursor: Cursor
    /// All distances from a holiday that were read.
    var holidayOffsets: Set<Int> = []

    /// OpenStreetMap's own limit is 255; longer values are not evaluated, so that no text costs more than it should.
    private static let maximumLength = 1024

    init(_ text: String) {
        cursor = Cursor(text)
    }

    mutating func rules() throws(ParseFailure) -> [Rule] {
        guard cursor.count <= Self.maximumLength else {
            throw ParseFailure(reason: "the value is too long", position: Self.maximumLength + 1)
        }
        var rules: [Rule] = []
        var separator = Rule.Separator.override
        while true {
            // An empty rule, as in `Mo-Fr 10:00-18:00;`, says nothing.
            cursor.skipSpaces()
            while cursor.take(";") { cursor.skipSpaces() }
            if cursor.isAtEnd, !rules.isEmpty, separator == .override { return rules }
            rules.append(try rule(separator))
            cursor.skipSpaces()
            if cursor.isAtEnd { return rules }
            if cursor.take(";") {
                separator = .override
            } else if cursor.take("||") {
                separator = .fallback
            } else if cursor.take(",") {
                separator = .additional
            } else {
                throw cursor.failure("a rule separator is expected")
            }
        }
    }

    private mutating func rule(_ separator: Rule.Separator) throws(ParseFailure) -> Rule {
        let start = cursor.index
        var days = DaySelector()
        var spans: [TimeSpan] = []
        if cursor.take("24/7") {
            cursor.skipSpaces()
        } else {
            days = try daySelector()
            if isAtTime { spans = try timeSpans() }
        }
        cursor.skipSpaces()
        let (status, comment) = try modifier()
        if cursor.index == start { throw unknownPart() }
        return Rule(
            separator: separator, status: status ?? (comment == nil ? .open : .unknown), comment: comment,
            days: days, spans: spans)
    }

    private mutating func modifier() throws(ParseFailure) -> (OpeningState.Status?, String?) {
        var status: OpeningState.Status?
        let word = cursor.word()
        switch word {
        case "open": status = .open
        case "off", "closed": status = .closed
        case "unknown": status = .unknown
        default: break
        }
        if status != nil {
            cursor.advance(past: word)
            cursor.skipSpaces()
        }
        guard cursor.peek() == "\"" else { return (status, nil) }
        guard let comment = cursor.quoted() else { throw cursor.failure("a closing quote is expected") }
        return (status, comment)
    }

    private func unknownPart() -> ParseFailure {
        switch cursor.word() {
        case "sh": cursor.failure("school holidays are not known")
        case "sunrise", "sunset", "dawn", "dusk": cursor.failure("times of the sun are not known")
        case "": cursor.failure("days, times or a state are expected")
        default: cursor.failure("an unknown word stands")
        }
    }

    // MARK: Times

    private var isAtTime: Bool {
        let digits = cursor.digitCount()
        guard digits == 1 || digits == 2, let mark = cursor.peek(digits) else { return false }
        return (mark == ":" || mark == ".") && cursor.digitCount(digits + 1) == 2
    }

    private mutating func timeSpans() throws(ParseFailure) -> [TimeSpan] {
        var spans = [try timeSpan()]
        while true {
            let before = cursor
            cursor.skipSpaces()
            guard cursor.take(",") else {
                cursor = before
                return spans
            }
            cursor.skipSpaces()
            guard isAtTime else {
                cursor = before
                return spans
            }
            spans.append(try timeSpan())
        }
    }

    private mutating func timeSpan() throws(ParseFailure) -> TimeSpan {
        let start = try time(upTo: 23 * 60 + 59)
        if cursor.take("+") { return TimeSpan(start: start, end: start, hasOpenEnd: true) }
        cursor.skipSpaces()
        guard cursor.take("-") else { throw cursor.failure("the end of a time is expected") }
        cursor.skipSpaces()
        guard isAtTime else {
            let word = cursor.word()
            throw word.isEmpty ? cursor.failure("a time is expected") : unknownPart()
        }
        var end = try time(upTo: 2880)
        if end <= start { end += 1440 }
        let hasOpenEnd = cursor.take("+")
        if cursor.peek() == "/" { throw cursor.failure("points in time are not known") }
        return TimeSpan(start: start, end: end, hasOpenEnd: hasOpenEnd)
    }

    private mutating func time(upTo limit: Int) throws(ParseFailure) -> Int {
        let before = cursor
        guard let hour = cursor.number(digits: 2), cursor.take(":") || cursor.take("."),
            let minute = cursor.number(digits: 2), minute < 60, hour * 60 + minute <= limit
        else {
            throw before.failure("a time of day is expected")
        }
        return hour * 60 + minute
    }
}
