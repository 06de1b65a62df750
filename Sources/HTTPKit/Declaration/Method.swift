/// A method of HTTP that an operation can have. `HEAD` comes with `GET`, and `OPTIONS` with the policy on origins.
public enum Method: String, Sendable, CaseIterable {
    /// Reads.
    case get = "GET"
    /// Makes, or asks with a body.
    case post = "POST"
    /// Replaces.
    case put = "PUT"
    /// Changes.
    case patch = "PATCH"
    /// Removes.
    case delete = "DELETE"
}
