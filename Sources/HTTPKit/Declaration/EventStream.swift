/// Server-sent events: runs as long as the client listens and the service does not stop.
public struct EventStream: Sendable {
    let run: @Sendable (EventSink) async throws -> Void

    /// - Parameter run: sends events until it returns, or until it is cancelled because nobody listens any more.
    public init(_ run: @escaping @Sendable (EventSink) async throws -> Void) {
        self.run = run
    }
}

/// Where events go.
public struct EventSink: Sendable {
    private let continuation: AsyncStream<[UInt8]>.Continuation

    init(_ continuation: AsyncStream<[UInt8]>.Continuation) {
        self.continuation = continuation
    }

    /// Sends an event. A client that takes none while many wait loses its stream, and asks again from its last event.
    /// - Parameters:
    ///   - name: what kind of event.
    ///   - id: the place from which a client goes on; nil where it cannot.
    ///   - data: its content, JSON on one line.
    public func send(_ name: String, id: String? = nil, data: [UInt8]) {
        var bytes: [UInt8] = []
        if let id { bytes += Array("id: \(id)\n".utf8) }
        bytes += Array("event: \(name)\ndata: ".utf8)
        bytes += data
        bytes += Array("\n\n".utf8)
        put(bytes)
    }

    /// Says that the stream lives.
    func beat() { put(Array(":\n\n".utf8)) }

    func finish() { continuation.finish() }

    private func put(_ bytes: [UInt8]) {
        switch continuation.yield(bytes) {
        case .dropped: continuation.finish()
        default: break
        }
    }
}
