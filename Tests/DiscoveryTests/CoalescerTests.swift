import Synchronization
import Testing

@testable import Discovery

/// Holds whoever passes until it is opened, deaf to cancellation.
private final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, held: [CheckedContinuation<Void, Never>])>((false, []))

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.held.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let held = state.withLock { state in
            defer { state = (true, []) }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }
}

/// A count that many tasks raise.
private final class Tally: Sendable {
    private let storage = Atomic(0)
    var value: Int { storage.load(ordering: .relaxed) }
    func add(_ amount: Int) { storage.wrappingAdd(amount, ordering: .relaxed) }
}

private struct Refusal: Error, Equatable {}

struct `Identical questions in flight` {
    @Test func `are computed once for a hundred callers`() async throws {
        let coalescer = Coalescer<String, Int>()
        let computed = Tally()
        let gate = Gate()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await coalescer.value(for: "a") {
                        computed.add(1)
                        await gate.pass()
                        return 42
                    }
                }
            }
            while coalescer.waiting(for: "a") < 100 { await Task.yield() }
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 42, count: 100))
        #expect(computed.value == 1)
    }

    @Test func `that are over are computed anew, others in their own flight`() async throws {
        let coalescer = Coalescer<String, Int>()
        #expect(try await coalescer.value(for: "a") { 1 } == 1)
        #expect(try await coalescer.value(for: "a") { 2 } == 2)
        #expect(try await coalescer.value(for: "b") { 3 } == 3)
    }

    @Test func `that fail fail all who wait, and nobody after`() async throws {
        let coalescer = Coalescer<String, Int>()
        let gate = Gate()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do {
                        _ = try await coalescer.value(for: "a") {
                            await gate.pass()
                            throw Refusal()
                        }
                        return false
                    } catch {
                        return error is Refusal
                    }
                }
            }
            while coalescer.waiting(for: "a") < 10 { await Task.yield() }
            gate.open()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 10)
        #expect(try await coalescer.value(for: "a") { 5 } == 5)
    }

    @Test func `go on for the others when one who waits is cancelled, and that one waits no longer`() async throws {
        let coalescer = Coalescer<String, Int>()
        let gate = Gate()
        let cancellations = Tally()
        let compute: @Sendable () async throws -> Int = {
            await gate.pass()
            cancellations.add(Task.isCancelled ? 1 : 0)
            return 9
        }
        let first = Task { try await coalescer.value(for: "a", compute: compute) }
        while coalescer.waiting(for: "a") < 1 { await Task.yield() }
        let second = Task { try await coalescer.value(for: "a", compute: compute) }
        while coalescer.waiting(for: "a") < 2 { await Task.yield() }
        first.cancel()
        // The gate is still shut: this returns only because the wait itself ends.
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(coalescer.waiting(for: "a") == 1)
        gate.open()
        #expect(try await second.value == 9)
        #expect(cancellations.value == 0)
    }

    @Test func `are not waited for by who is cancelled already`() async throws {
        let coalescer = Coalescer<String, Int>()
        let gate = Gate()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await coalescer.value(for: "a") {
                await gate.pass()
                return 1
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        gate.open()
    }
}
