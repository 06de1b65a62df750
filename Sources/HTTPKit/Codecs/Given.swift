/// A parameter or a member as a request has it: what was said, and whether anything was.
public struct Given<Value: Sendable>: Sendable {
    /// The value; the declared default where it is absent; nil where it is absent without a default, and where what was
    /// given is no such value, which is a fault already.
    public let value: Value?
    /// Whether the request has it, right or wrong.
    public let isPresent: Bool

    /// Describes what a request has.
    @inlinable
    public init(value: Value?, isPresent: Bool) {
        self.value = value
        self.isPresent = isPresent
    }
}
