import Foundation
import SeededRandom
import Synchronization
import Testing

@testable import Timing

struct TimerTests {
    @Test func `timers fire in the order of their instants`() async {
        let timers = Timers()
        let fired = Mutex<[Int]>([])
        await withCheckedContinuation { continuation in
            let now = ContinuousClock.now
            for number in [3, 1, 2, 0] {
                timers.schedule(at: now + .milliseconds(20 * (number + 1))) { fired.withLock { $0.append(number) } }
            }
            timers.schedule(at: now + .milliseconds(120)) { continuation.resume() }
        }
        #expect(fired.withLock { $0 } == [0, 1, 2, 3])
        #expect(timers.count == 0)
    }

    @Test func `a cancelled timer does not fire, and says that it will not`() async {
        let timers = Timers()
        let hasFired = Mutex(false)
        let token = timers.schedule(after: .milliseconds(30)) { hasFired.withLock { $0 = true } }
        #expect(timers.cancel(token))
        #expect(!timers.cancel(token))
        await withCheckedContinuation { continuation in
            timers.schedule(after: .milliseconds(60)) { continuation.resume() }
        }
        #expect(!hasFired.withLock { $0 })
    }

    @Test func `a sooner timer is not kept waiting by a later one`() async {
        let timers = Timers()
        timers.schedule(after: .seconds(3_600)) {}
        await withCheckedContinuation { continuation in
            timers.schedule(after: .milliseconds(5)) { continuation.resume() }
        }
        #expect(timers.count == 1)
    }

    @Test func `cancelled timers take no room`() {
        var queue = TimerQueue()
        let now = ContinuousClock.now
        _ = queue.insert(at: now) {}
        for number in 0..<100_000 {
            let added = queue.insert(at: now + .seconds(30 + number % 7)) {}
            let isRemoved = queue.remove(added)
            #expect(isRemoved)
        }
        #expect(queue.count == 1)
        #expect(queue.heapCount <= 65)
    }

    @Test func `the queue gives out what is due in order, whatever was removed`() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<200 {
            var queue = TimerQueue()
            let now = ContinuousClock.now
            let taken = Mutex<[Int]>([])
            var expected: [Int] = []
            for _ in 0..<Int.random(in: 0..<300, using: &generator) {
                let offset = Int.random(in: -500..<500, using: &generator)
                let number = queue.insert(at: now + .milliseconds(offset)) { taken.withLock { $0.append(offset) } }
                if Bool.random(using: &generator) {
                    let isRemoved = queue.remove(number)
                    #expect(isRemoved)
                } else if offset <= 0 {
                    expected.append(offset)
                }
            }
            for action in queue.popDue(now) { action() }
            #expect(taken.withLock { $0 } == expected.sorted())
        }
    }
}
