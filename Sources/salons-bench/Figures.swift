import Foundation

/// Several measurements of one thing.
struct Figures: Sendable {
    var values: [Double] = []

    var median: Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Median with the least and the greatest.
    var text: String {
        "\(Self.number(median)) (\(Self.number(values.min() ?? .nan))–\(Self.number(values.max() ?? .nan)))"
    }

    /// Three significant digits or whole numbers, with spaces between thousands.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if abs(value) < 100 { return String(format: value < 10 ? "%.2f" : "%.1f", value) }
        var digits = String(Int(value.rounded()))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return groups.joined(separator: " ")
    }
}

/// An aim and whether this run met it.
enum Aim {
    static func atLeast(_ aim: Double, _ value: Double) -> String {
        value >= aim
            ? "≥ \(Figures.number(aim)): met"
            : "≥ \(Figures.number(aim)): missed by \(Int(((1 - value / aim) * 100).rounded())) %"
    }

    static func atMost(_ aim: Double, _ value: Double) -> String {
        value <= aim
            ? "≤ \(Figures.number(aim)): met"
            : "≤ \(Figures.number(aim)): missed by \(Int(((value / aim - 1) * 100).rounded())) %"
    }
}

/// A Markdown table.
struct MarkdownTable {
    private let titles: [String]
    private var rows: [[String]] = []

    init(_ titles: [String]) {
        self.titles = titles
    }

    mutating func append(_ row: [String]) {
        rows.append(row)
    }

    func print() {
        BenchProgress.clear()
        let lines = [titles, titles.map { _ in "---" }] + rows
        for line in lines { Swift.print("| \(line.joined(separator: " | ")) |") }
        Swift.print("")
        fflush(nil)
    }
}
