/// Which pages of other origins may read the answers of an operation.
public enum CrossOrigin: Sendable {
    /// Public data: any page, without credentials of the browser. What a key opens goes to the origins of the key,
    /// which were checked when the key was.
    case open
    /// None.
    case none

    /// The value of `Access-Control-Allow-Origin`; nil leaves the field out.
    /// - Parameters:
    ///   - origin: the page's, if a browser asks.
    ///   - hasCredential: whether the request showed a key that is good for the origin.
    func allowed(origin: String?, hasCredential: Bool) -> String? {
        switch self {
        case .open: hasCredential ? origin : "*"
        case .none: nil
        }
    }
}
