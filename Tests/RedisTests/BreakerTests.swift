import SeededRandom
import Testing

@testable import Redis

struct BreakerTests {
    var generator = SplitMix64(seed: 7)
    var breaker = Breaker(threshold: 3, firstPause: .milliseconds(100), longestPause: .seconds(2))

    @Test mutating func `opens at the threshold of failures in a row`() {
        for _ in 0..<2 { #expect(breaker.failed(isConnected: true, using: &generator) == nil) }
        breaker.succeeded()
        for _ in 0..<2 { #expect(breaker.failed(isConnected: true, using: &generator) == nil) }
        #expect(breaker.state == .closed)
        #expect(breaker.failed(isConnected: true, using: &generator) != nil)
        #expect(breaker.state == .open)
        #expect(breaker.failed(isConnected: true, using: &generator) == nil, "it opens once")
    }

    @Test mutating func `opens at once when it cannot connect`() {
        #expect(breaker.failed(isConnected: false, using: &generator) != nil)
        #expect(breaker.state == .open)
    }

    @Test mutating func `only a probe closes it`() {
        _ = breaker.failed(isConnected: false, using: &generator)
        breaker.succeeded()
        #expect(breaker.state == .open)
        breaker.beginProbe()
        breaker.succeeded()
        #expect(breaker.state == .halfOpen)
        breaker.probeSucceeded()
        #expect(breaker.state == .closed)
        #expect(breaker.failed(isConnected: true, using: &generator) == nil, "it counts anew")
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    mutating func `pauses double up to the longest, with jitter`(_ seed: UInt64) throws {
        generator = SplitMix64(seed: seed)
        var pauses = [try #require(breaker.failed(isConnected: false, using: &generator))]
        for _ in 0..<40 {
            breaker.beginProbe()
            pauses.append(breaker.probeFailed(using: &generator))
        }
        let whole: [Duration] = [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)]
        for (pause, whole) in zip(pauses, whole + [.milliseconds(1600)] + Array(repeating: .seconds(2), count: 36)) {
            #expect((whole / 2...whole).contains(pause), "seed \(seed)")
        }
        #expect(Set(pauses.suffix(36)).count > 30, "seed \(seed)")
    }

    @Test mutating func `a second outage begins with the first pause`() throws {
        _ = breaker.failed(isConnected: false, using: &generator)
        for _ in 0..<5 { _ = breaker.probeFailed(using: &generator) }
        breaker.probeSucceeded()
        let pause = try #require(breaker.failed(isConnected: false, using: &generator))
        #expect(pause <= .milliseconds(100))
    }
}
