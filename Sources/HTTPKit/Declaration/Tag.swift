/// Under what the page for people shows an operation.
public struct Tag: Sendable, Hashable, RawRepresentable {
    /// The heading.
    public let rawValue: String

    /// Names a heading.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
