/// Minutes after midnight as a file writes them: `09:00`, and past midnight of the next day `26:00`.
enum WallClock {
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    static func text(_ minute: Int) -> String {
        func two(_ number: Int) -> String { "\(number < 10 ? "0" : "")\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}

/// Weekdays as OpenStreetMap's opening hours write them: `Mo-Fr`, `Mo,We,Sa-Su`. Numbers are those of ISO 8601.
enum WeekdayList {
    private static let names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

    /// In the order of the text; nil where it is no list of weekdays, or one comes twice.
    static func days(_ text: String) -> [Int]? {
        var days: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                .map { end in names.firstIndex { $0 == end.drop { $0 == " " } } }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
            // `Sa-Mo` goes over the end of the week.
            days += (0...((last - first + 7) % 7)).map { (first + $0) % 7 + 1 }
        }
        return Set(days).count == days.count ? days : nil
    }

    static func text(_ days: Set<Int>) -> String {
        var parts: [String] = []
        var day = 1
        while day <= 7 {
            guard days.contains(day) else {
                day += 1
                continue
            }
            let first = day
            while days.contains(day + 1) { day += 1 }
            parts.append(first == day ? names[first - 1] : "\(names[first - 1])-\(names[day - 1])")
            day += 1
        }
        return parts.joined(separator: ",")
    }
}
