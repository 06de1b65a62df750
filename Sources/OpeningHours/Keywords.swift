/// The names of weekdays and months, in the spelling of the specification.
enum Keywords {
    static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// 0 is Monday; also English full names and three letters, which the common evaluators accept with a warning.
    static func weekday(_ word: String) -> Int? {
        let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return full.firstIndex { word.count >= 2 && word.count <= 3 && $0.hasPrefix(word) || $0 == word }
    }

    /// 1...12.
    static func month(_ word: String) -> Int? {
        let full = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november",
            "december",
        ]
        return full.firstIndex { word.count == 3 && $0.hasPrefix(word) || $0 == word }.map { $0 + 1 }
    }
}
