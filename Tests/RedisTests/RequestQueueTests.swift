import Testing

@testable import Redis

struct RequestQueueTests {
    let start = ContinuousClock.now
    var queue = RequestQueue(limit: 200)

    /// A request whose caller no longer waits.
    private func request(
        _ operation: String, commands: Int = 1, bytes: Int = 4, after delay: Duration = .zero
    ) async throws -> Request {
        var request: Request?
        _ = await withCheckedContinuation { continuation in
            request = Request(
                commands: Array(repeating: Command([Array(repeating: 0x41, count: bytes)]), count: commands),
                operation: operation, enqueued: start + delay, continuation: continuation)
            continuation.resume(returning: .success([]))
        }
        return try #require(request)
    }

    @Test mutating func `gives up what waited too long and nothing else`() async throws {
        #expect(queue.append(try await request("a")))
        #expect(queue.append(try await request("b", after: .milliseconds(10))))
        #expect(queue.popFirst(enqueuedBefore: start) == nil)
        #expect(queue.popFirst(enqueuedBefore: start + .milliseconds(5))?.operation == "a")
        #expect(queue.popFirst(enqueuedBefore: start + .milliseconds(5)) == nil)
        #expect(queue.popBatch().map(\.operation) == ["b"])
        #expect(queue.commandCount == 0)
        #expect(queue.popFirst(enqueuedBefore: start + .seconds(1)) == nil)
    }

    @Test mutating func `a batch is the oldest requests that fit together`() async throws {
        #expect(queue.append(try await request("a", commands: 100)))
        #expect(queue.append(try await request("b", commands: 28)))
        #expect(queue.append(try await request("c", commands: 1)))
        #expect(queue.append(try await request("d", bytes: 262_144)))
        #expect(queue.append(try await request("e")))
        #expect(queue.popBatch().map(\.operation) == ["a", "b"])
        #expect(queue.popBatch().map(\.operation) == ["c"])
        #expect(queue.popBatch().map(\.operation) == ["d"], "the bytes fill a batch")
        #expect(queue.popBatch().map(\.operation) == ["e"])
        #expect(queue.popBatch().isEmpty)
    }

    @Test mutating func `refuses what exceeds the limit, unless nothing waits`() async throws {
        #expect(queue.append(try await request("large", commands: 1000)))
        #expect(!queue.append(try await request("next")))
        #expect(queue.popBatch().count == 1)
        #expect(queue.append(try await request("a", commands: 199)))
        #expect(queue.append(try await request("b")))
        #expect(!queue.append(try await request("c")))
        #expect(queue.removeAll().map(\.operation) == ["a", "b"])
        #expect(queue.commandCount == 0)
    }

    @Test mutating func `keeps order while thousands pass`() async throws {
        var taken: [String] = []
        for number in 0..<5000 {
            #expect(queue.append(try await request("\(number)")))
            if number % 3 == 2, let next = queue.popFirst(enqueuedBefore: start + .seconds(1)) {
                taken.append(next.operation)
            }
            if number % 150 == 149 { taken += queue.popBatch().map(\.operation) }
        }
        taken += queue.removeAll().map(\.operation)
        #expect(taken == (0..<5000).map(String.init))
    }
}
