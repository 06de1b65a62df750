import Foundation
import Synchronization
import Testing
import Timing

@testable import salons

struct LogWriterTests {
    @Test func `lines arrive whole and in order`() throws {
        let pipe = try Ends()
        let writer = LogWriter(descriptor: pipe.output)
        for number in 0..<100 { writer.write("line \(number)") }
        writer.flush()
        #expect(pipe.read() == (0..<100).map { "line \($0)\n" }.joined())
        #expect(writer.dropped == 0)
    }

    @Test func `a full disk, a reader that has gone and a closed descriptor cost lines and nothing else`() throws {
        signal(SIGPIPE, SIG_IGN)
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let orphan = try Ends()
        close(orphan.input)
        for descriptor in [full, orphan.output, 987_654] {
            let writer = LogWriter(descriptor: descriptor)
            for _ in 0..<10 { writer.write("lost") }
            writer.flush()
            #expect(writer.dropped == 10)
        }
    }

    @Test func `a reader that does not read holds nobody up`() throws {
        let pipe = try Ends()
        let writer = LogWriter(descriptor: pipe.output, capacity: 10_000)
        let line = String(repeating: "x", count: 999)
        // The pipe takes 64 KB; the rest waits or is dropped.
        for _ in 0..<1_000 { writer.write(line) }
        #expect(writer.dropped > 800)
    }

    @Test(.timeLimit(.minutes(1))) func `of one kind of line only some are logged, and the rest are counted`() async {
        let throttle = LogThrottle(limit: 3, period: .milliseconds(50))
        let summaries = AsyncStream.makeStream(of: Int.self)
        let first = LogThrottle.Kind(file: "a", line: 1)
        var admitted = 0
        for _ in 0..<10 where throttle.admit(first, summary: { summaries.continuation.yield($0) }) { admitted += 1 }
        #expect(admitted == 3)
        #expect(throttle.admit(LogThrottle.Kind(file: "a", line: 2)) { _ in })
        for await count in summaries.stream {
            #expect(count == 7)
            break
        }
        #expect(throttle.suppressed == 7)
        #expect(throttle.admit(first) { _ in })
    }

    @Test func `a bound on connections leaves descriptors for everything else`() {
        let limit = DescriptorLimit(current: 1_024, highest: 1_024)
        let connections = limit.connections(databaseConnections: 32)
        #expect(connections > 700)
        #expect(connections + 2 * 32 + 100 <= 1_024)
        #expect(DescriptorLimit(current: 64, highest: 64).connections(databaseConnections: 32) == 0)
    }

    /// The two ends of a pipe.
    private final class Ends {
        let input: Int32
        let output: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (input, output) = (ends[0], ends[1])
        }

        /// What is there; the other end is closed first.
        func read() -> String {
            close(output)
            return String(decoding: FileHandle(fileDescriptor: input).readDataToEndOfFile(), as: UTF8.self)
        }
    }
}
