import Foundation

/// A line on a terminal that says how far something is, at what rate and how long it will take; silent elsewhere.
struct ProgressBar {
    private let title: String
    private let unit: String
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?
    private let isTerminal: Bool

    init(_ title: String, unit: String) {
        self.title = title
        self.unit = unit
        self.isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// Redraws at most ten times a second.
    mutating func update(fraction: Double?, count: Int) {
        let now = ContinuousClock.now
        guard isTerminal, lastDrawn.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        lastDrawn = now
        let elapsed = (now - start) / .seconds(1)
        let rate = elapsed > 0 ? Double(count) / elapsed : 0
        var line = "\r\u{1B}[K\(title) "
        if let fraction {
            let width = 24
            let full = Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
            line += String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
            line += " \(Int(fraction * 100)) %"
            if fraction > 0.01 { line += ", \(Int(elapsed * (1 - fraction) / fraction) + 1) s left" }
        }
        line += ", \(count) \(unit), \(Int(rate))/s"
        LogWriter.standardError.write(line, terminator: "")
    }

    /// Clears the line.
    func finish() {
        if isTerminal { LogWriter.standardError.write("\r\u{1B}[K", terminator: "") }
    }
}
