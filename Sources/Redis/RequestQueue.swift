/// Requests that wait for a connection, oldest first; bounded.
struct RequestQueue {
    /// How much goes into one round trip; the first request always does.
    private static let batchCommands = 128
    private static let batchBytes = 256 << 10

    let limit: Int
    private(set) var commandCount = 0
    private var requests: [Request] = []
    private var head = 0

    init(limit: Int) { self.limit = limit }

    /// Takes a request in, unless it would bring the waiting commands over the limit; an empty queue takes any.
    mutating func append(_ request: Request) -> Bool {
        guard commandCount == 0 || commandCount + request.commands.count <= limit else { return false }
        commandCount += request.commands.count
        requests.append(request)
        return true
    }

    /// The oldest request, if it has waited since before `instant`.
    mutating func popFirst(enqueuedBefore instant: ContinuousClock.Instant) -> Request? {
        guard head < requests.count, requests[head].enqueued < instant else { return nil }
        return popFirst()
    }

    /// As many of the oldest as one round trip should carry.
    mutating func popBatch() -> [Request] {
        var batch: [Request] = []
        var commands = 0
        var bytes = 0
        while head < requests.count {
            let next = requests[head]
            commands += next.commands.count
            bytes += next.commands.reduce(0) { $0 + $1.bytes.count }
            if !batch.isEmpty, commands > Self.batchCommands || bytes > Self.batchBytes { break }
            batch.append(popFirst())
        }
        return batch
    }

    /// All of them.
    mutating func removeAll() -> [Request] {
        let all = Array(requests[head...])
        requests = []
        head = 0
        commandCount = 0
        return all
    }

    private mutating func popFirst() -> Request {
        let request = requests[head]
        head += 1
        commandCount -= request.commands.count
        if head == requests.count {
            requests.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1024 {
            requests.removeFirst(head)
            head = 0
        }
        return request
    }
}
