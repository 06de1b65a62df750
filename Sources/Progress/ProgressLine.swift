import Foundation
import Synchronization

/// A line on standard error that says how far something is, at what rate, and how long it will take: drawn over itself
/// on a terminal, a line a minute elsewhere. Safe to use from many tasks at once.
public final class ProgressLine: Sendable {
    private struct Base {
        let start: ContinuousClock.Instant
        let count: Int
        let fraction: Double?
    }

    private struct State {
        var title: String
        var count = 0
        var isDrawn = false
        /// Where the first count stood, and when: what was made ready before would spoil the rate.
        var base: Base?
        /// When something was written last.
        var last: ContinuousClock.Instant?
    }

    private let start: ContinuousClock.Instant
    private let unit: String
    private let total: Int?
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private let state: Mutex<State>

    private static let pauses = (terminal: Duration.milliseconds(100), elsewhere: Duration.seconds(60))

    /// A line that is drawn with the first title or count.
    /// - Parameters:
    ///   - title: what is done, such as `Importing`.
    ///   - unit: what is counted, in the plural.
    ///   - total: how many there are in all; nil where nobody knows.
    public convenience init(_ title: String, unit: String, total: Int? = nil) {
        self.init(title, unit: unit, total: total, isTerminal: isatty(STDERR_FILENO) == 1, start: .now) { text in
            // What cannot be written is nobody's loss; the work goes on.
            var bytes = Array(text.utf8)[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
                guard count > 0 else { return }
                bytes = bytes.dropFirst(count)
            }
        }
    }

    init(
        _ title: String, unit: String, total: Int?, isTerminal: Bool, start: ContinuousClock.Instant,
        write: @escaping @Sendable (String) -> Void
    ) {
        (self.unit, self.total, self.isTerminal) = (unit, total, isTerminal)
        (self.start, self.write) = (start, write)
        state = Mutex(State(title: title))
    }

    /// Says what is done from now on.
    public func title(_ title: String) {
        state.withLock { $0.title = title }
        draw(at: .now, fraction: nil) { _ in }
    }

    /// Adds to the count.
    public func advance(by count: Int = 1) {
        draw(at: .now, fraction: nil) { $0.count += count }
    }

    /// Sets the count; the fraction stands in where the total is not known in the same unit.
    public func update(count: Int, fraction: Double? = nil) {
        draw(at: .now, fraction: fraction) { $0.count = count }
    }

    /// Takes the line off a terminal, so that something else can be printed; the next count draws it again.
    public func clear() {
        state.withLock { state in
            guard state.isDrawn else { return }
            write("\r\u{1B}[K")
            state.isDrawn = false
            state.last = nil
        }
    }

    func draw(at now: ContinuousClock.Instant, fraction: Double?, _ change: (inout Count) -> Void) {
        state.withLock { state in
            var count = Count(count: state.count)
            change(&count)
            state.count = count.count
            let fraction = fraction ?? total.map { $0 > 0 ? Double(count.count) / Double($0) : 0 }
            if state.base == nil, count.count > 0 {
                state.base = Base(start: now, count: count.count, fraction: fraction)
            }
            let last = state.last ?? (isTerminal ? nil : start)
            guard last.map({ now - $0 >= (isTerminal ? Self.pauses.terminal : Self.pauses.elsewhere) }) ?? true else {
                return
            }
            state.last = now
            let line = text(state, fraction, at: now)
            write(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
            state.isDrawn = isTerminal
        }
    }

    /// The number that a call changes.
    struct Count {
        var count: Int
    }

    private func text(_ state: State, _ fraction: Double?, at now: ContinuousClock.Instant) -> String {
        var line = state.title + " "
        if let fraction {
            let width = 24
            let full = Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
            if isTerminal {
                line += String(repeating: "█", count: full) + String(repeating: "░", count: width - full) + " "
            }
            line += "\(Int(fraction * 100)) %, "
        }
        line += total.map { "\(state.count) of \($0) \(unit)" } ?? "\(state.count) \(unit)"
        guard let base = state.base, now > base.start, state.count > base.count else { return line }
        let seconds = (now - base.start) / .seconds(1)
        let rate = Double(state.count - base.count) / seconds
        line += ", \(rate < 10 ? String(format: "%.1f", rate) : "\(Int(rate))")/s"
        if let fraction, let first = base.fraction, fraction > first, fraction < 1 {
            line += ", \(Self.duration(seconds * (1 - fraction) / (fraction - first))) left"
        }
        return line
    }

    static func duration(_ seconds: Double) -> String {
        // Less than a millisecond more is an error of the division.
        let whole = Int(min((seconds - 1e-3).rounded(.up), 1e9))
        switch whole {
        case ..<120: return "\(max(whole, 1)) s"
        case ..<7_200: return "\(whole / 60) min"
        default: return "\(whole / 3_600) h \(whole / 60 % 60) min"
        }
    }
}
