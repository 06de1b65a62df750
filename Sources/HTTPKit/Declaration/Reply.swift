/// An answer on its way: made by an ``Answer`` that the operation declares.
public struct Reply: Sendable {
    /// What is sent.
    enum Content: Sendable {
        case none
        case bytes([UInt8], type: String)
        /// Written piece by piece; a piece is valid only during the call.
        case pieces(@Sendable ((UnsafeRawBufferPointer) -> Void) -> Void, type: String)
        case stream(EventStream)
    }

    /// Who may keep it, and how long.
    public enum Caching: Sendable, Equatable {
        /// Nobody: it is of this moment.
        case never
        /// The caller alone, who asks each time whether it still holds.
        case revalidated
        /// For some seconds: everybody what is public, the caller alone what a credential opened.
        case seconds(Int)
    }

    /// How the caller's copy is told to be still right.
    enum Validator: Sendable {
        case none
        /// Made of the bytes, of who asked and of what was asked.
        case ofBytes(isWeak: Bool, of: [UInt8]?)
        /// Known without the bytes.
        case tag(String)
    }

    let status: Int
    let content: Content
    private(set) var caching = Caching.never
    private(set) var validator = Validator.none
    private(set) var fields: [(name: String, value: String)] = []

    init(status: Int, content: Content) {
        self.status = status
        self.content = content
    }

    /// The reply with a header field that its answer declares.
    public func field(_ name: String, _ value: String) -> Reply {
        var reply = self
        reply.fields.append((name, value))
        return reply
    }

    /// The reply under an entity tag that its maker knows.
    public func tagged(_ tag: String, _ caching: Caching = .revalidated) -> Reply {
        var reply = self
        reply.validator = .tag(tag)
        reply.caching = caching
        return reply
    }

    /// The reply under an entity tag of its bytes.
    /// - Parameter essence: what the tag is made of instead, where the bytes tell the time; then the tag is weak.
    public func tagged(_ caching: Caching, essence: [UInt8]? = nil) -> Reply {
        var reply = self
        reply.validator = .ofBytes(isWeak: essence != nil, of: essence)
        reply.caching = caching
        return reply
    }
}
