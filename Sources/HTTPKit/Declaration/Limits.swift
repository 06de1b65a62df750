/// What an operation may cost.
public struct Limits: Sendable {
    /// What it may use of the bound on requests under way.
    public enum Share: Int, Sendable {
        /// The bound itself: refused first under overload.
        case one = 1
        /// Twice the bound: refused after what has one share.
        case two = 2
    }

    /// A class of requests whose rate is counted together.
    public struct RateClass: Sendable, Hashable, RawRepresentable {
        /// The class's name in counters.
        public let rawValue: String

        /// Names a class.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// What holds for a stream, which has no deadline.
    public struct Streaming: Sendable {
        /// Streams of the operation that are open at a time; further ones are refused with 503.
        public var maximum: Int
        /// Time without an event after which something is sent that says no more than that the stream lives.
        public var heartbeat: Duration
        /// Events that wait for a client that does not take them; then its stream ends, and it comes again.
        public var buffer: Int

        /// Sets the bounds.
        public init(maximum: Int, heartbeat: Duration = .seconds(15), buffer: Int = 256) {
            self.maximum = maximum
            self.heartbeat = heartbeat
            self.buffer = buffer
        }
    }

    /// Nil is never refused under overload: what tells of the state of the service.
    public var share: Share?
    /// Bytes of the body.
    public var bodyBytes: Int
    /// Time to answer; nil is the service's own.
    public var deadline: Duration?
    /// Whose rate it counts towards; nil is not limited.
    public var rate: RateClass?
    /// The answer is a stream.
    public var streaming: Streaming?

    /// Bytes of a body unless an operation says otherwise.
    public static let usualBody = 64 * 1024

    /// Sets the limits.
    public init(
        share: Share? = .one, bodyBytes: Int = usualBody, deadline: Duration? = nil, rate: RateClass? = nil,
        streaming: Streaming? = nil
    ) {
        self.share = share
        self.bodyBytes = bodyBytes
        self.deadline = deadline
        self.rate = rate
        self.streaming = streaming
    }

    /// Never refused: what tells of the state of the service.
    public static let unbounded = Limits(share: nil)
}
