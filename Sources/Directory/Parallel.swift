import Dispatch

/// Work on independent stretches of a range, on all cores.
enum Parallel {
    /// Calls `body` for stretches of 0 ..< count from several threads and returns when all are done. The stretches do
    /// not overlap; the body must write nothing that belongs to another one.
    static func forEach(chunksOf count: Int, _ body: (Range<Int>) -> Void) {
        let size = 4096
        let chunks = (count + size - 1) / size
        guard chunks > 1 else { return body(0..<count) }
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
                body(chunk * size..<min(count, (chunk + 1) * size))
            }
        }
    }
}
