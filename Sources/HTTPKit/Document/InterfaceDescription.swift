/// What the document and its pages say of an interface as a whole.
public struct InterfaceDescription: Sendable {
    /// The title.
    public var title: String
    /// Version of the interface.
    public var version: String
    /// What it is about; CommonMark.
    public var description: String
    /// The headings under which operations are shown, in their order.
    public var tags: [Tag]
    /// What the key in `Authorization` is.
    public var credential: String
    /// What the kinds of a status have in common, where this interface can say it more plainly than HTTP does.
    public var meanings: [Int: String]

    /// Describes an interface.
    public init(
        title: String, version: String, description: String, tags: [Tag], credential: String,
        meanings: [Int: String] = [:]
    ) {
        self.title = title
        self.version = version
        self.description = description
        self.tags = tags
        self.credential = credential
        self.meanings = meanings
    }

    /// What a status means where any operation can answer it.
    private static let common: [Int: String] = [
        304: "What the caller has is still right",
        400: "A parameter, a header or a member of the body is wrong; `errors` names each",
        401: "The key is not valid", 403: "The key may not be used from this origin", 404: "There is no such thing",
        405: "The path does not have this method; `Allow` says which it has",
        409: "It cannot be had, or not any more; `type` says why", 410: "It is over",
        415: "The body is not `application/json`", 422: "A rule forbids it; `errors` names the member and the rule",
        503: "Starting, too busy, or without its data; `Retry-After` says when to come back",
        504: "The answer took longer than the deadline",
    ]

    func meaning(of status: Int, of operation: Operation) -> String {
        if status == 413 { return "The body is larger than \(Self.size(operation.limits.bodyBytes))" }
        let own = operation.isOpen ? nil : meanings[status]
        return own ?? Self.common[status] ?? "Status \(status)"
    }

    private static func size(_ bytes: Int) -> String {
        bytes % 1_024 == 0 ? "\(bytes / 1_024) KB" : "\(bytes) bytes"
    }
}
