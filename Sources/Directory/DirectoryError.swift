/// Why a search was not made.
public enum DirectoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The salons have not been loaded yet.
    case notReady
    /// A limit below 1 or above a million.
    case limit(Int)

    /// A sentence for the caller.
    public var description: String {
        switch self {
        case .notReady: "the directory of salons is still loading"
        case .limit(let limit): "a limit of \(limit) is not within 1...1000000"
        }
    }
}
