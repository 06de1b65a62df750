import Synchronization
import Testing

@testable import Progress

struct `A line of progress` {
    private final class Lines: Sendable {
        private let texts = Mutex<[String]>([])

        func add(_ text: String) { texts.withLock { $0.append(text) } }

        var all: [String] { texts.withLock { $0 } }
    }

    private let start = ContinuousClock.now

    private func line(_ lines: Lines, isTerminal: Bool, total: Int? = 1_000) -> ProgressLine {
        ProgressLine("Doing", unit: "things", total: total, isTerminal: isTerminal, start: start) { lines.add($0) }
    }

    @Test func `is drawn over itself on a terminal, ten times a second at most, and taken off again`() {
        let lines = Lines()
        let line = line(lines, isTerminal: true)
        for tick in 1...300 { line.draw(at: start + .milliseconds(10 * tick), fraction: nil) { $0.count += 1 } }
        #expect((29...30).contains(lines.all.count))
        #expect(lines.all.allSatisfy { $0.hasPrefix("\r\u{1B}[KDoing ") && !$0.contains("\n") })
        #expect(lines.all.last?.contains(" of 1000 things, 100/s, 8 s left") == true)
        line.clear()
        #expect(lines.all.last == "\r\u{1B}[K")
    }

    @Test func `is a line a minute elsewhere`() {
        let lines = Lines()
        let line = line(lines, isTerminal: false)
        for second in 1...185 { line.draw(at: start + .seconds(second), fraction: nil) { $0.count += 1 } }
        line.clear()
        #expect(
            lines.all == [
                "Doing 6 %, 60 of 1000 things, 1.0/s, 15 min left\n",
                "Doing 12 %, 120 of 1000 things, 1.0/s, 14 min left\n",
                "Doing 18 %, 180 of 1000 things, 1.0/s, 13 min left\n",
            ])
    }

    @Test func `knows no rate before the second, and leaves out what was made ready before the first`() {
        let lines = Lines()
        let line = line(lines, isTerminal: false, total: 100)
        line.draw(at: start + .seconds(60), fraction: nil) { _ in }
        for second in 0...60 { line.draw(at: start + .seconds(3_600 + second), fraction: nil) { $0.count += 1 } }
        #expect(
            lines.all == [
                "Doing 0 %, 0 of 100 things\n", "Doing 1 %, 1 of 100 things\n",
                "Doing 61 %, 61 of 100 things, 1.0/s, 39 s left\n",
            ])
    }

    @Test func `says nothing of the end where nobody knows it`() {
        let lines = Lines()
        let line = line(lines, isTerminal: false, total: nil)
        for second in [0, 100] { line.draw(at: start + .seconds(second), fraction: nil) { $0.count += 50 } }
        #expect(lines.all == ["Doing 100 things, 0.5/s\n"])
    }

    @Test(arguments: [(0.2, "1 s"), (119, "119 s"), (125, "2 min"), (7_199, "119 min"), (7_261, "2 h 1 min")])
    func `says times as people do`(seconds: Double, text: String) {
        #expect(ProgressLine.duration(seconds) == text)
    }
}
