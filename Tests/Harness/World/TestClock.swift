public import Foundation

/// The one clock of a test run. "Today" is the day on which the run began, so that a run over midnight does not mix
/// days.
public enum TestClock {
    /// When the process first asked.
    public static let began = Date()

    /// A local time some days from now, so that no rule about now stands in the way.
    public static func at(_ hour: Int, _ minute: Int = 0, day: Int = 5, zone: TimeZone = .copenhagen) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = calendar.date(byAdding: .day, value: day, to: calendar.startOfDay(for: began))!
        return calendar.date(bySettingHour: hour, minute: minute, second: 0, of: date)!
    }
}

extension TimeZone {
    /// The zone of the tests' salons, unless a test says another.
    public static let copenhagen = TimeZone(identifier: "Europe/Copenhagen")!
}
