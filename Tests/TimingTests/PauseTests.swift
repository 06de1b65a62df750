import Dispatch
import Synchronization
import Testing

@testable import Timing

struct PauseTests {
    @Test func `a pause ends after its time and not before`() async throws {
        let began = ContinuousClock.now
        try await Pause.sleep(for: .milliseconds(30))
        #expect(ContinuousClock.now - began >= .milliseconds(30))
    }

    @Test func `a cancelled pause ends at once with a cancellation`() async {
        let sleeper = Task { try await Pause.sleep(for: .seconds(3_600)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await Pause.sleep(for: .seconds(3_600))
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test func `pauses that are cancelled at any moment end once`() async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    let sleeper = Task { try? await Pause.sleep(for: .microseconds(number)) }
                    if number.isMultiple(of: 3) { await Task.yield() }
                    sleeper.cancel()
                    await sleeper.value
                }
            }
        }
    }

    @Test func `work that is done in time is answered`() async throws {
        #expect(try await Deadline.run(within: .seconds(600)) { 42 } == 42)
        await #expect(throws: Broken.self) { try await Deadline.run(within: .seconds(600)) { throw Broken() } }
    }

    @Test func `a deadline answers though the work is deaf to cancellation`() async {
        let gate = DispatchSemaphore(value: 0)
        let isOver = Mutex(false)
        await #expect(throws: Deadline.Exceeded.self) {
            try await Deadline.run(within: .milliseconds(20)) {
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().async {
                        gate.wait()
                        continuation.resume()
                    }
                }
                isOver.withLock { $0 = true }
            }
        }
        #expect(!isOver.withLock { $0 })
        gate.signal()
    }

    @Test func `work past its deadline is told to stop`() async {
        let told = AsyncStream.makeStream(of: Void.self)
        await #expect(throws: Deadline.Exceeded.self) {
            try await Deadline.run(within: .milliseconds(20)) {
                try? await Pause.sleep(for: .seconds(3_600))
                told.continuation.yield()
            }
        }
        for await _ in told.stream { break }
    }

    @Test func `a caller that is cancelled waits no longer`() async {
        let caller = Task {
            try await Deadline.run(within: .seconds(3_600)) { try await Pause.sleep(for: .seconds(3_600)) }
        }
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
    }

    private struct Broken: Error {}
}
