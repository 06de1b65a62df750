import Foundation

/// The name that a sender gives to a request, so that the request has one effect however often it is sent.
public struct IdempotencyKey: Sendable, Hashable {
    /// 1 to 255 printable ASCII characters.
    public let text: String

    /// Takes a sender's text; nil unless it is 1 to 255 printable ASCII characters.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// A key that nobody has used, for a caller that needs no repetition beyond its own.
    public static func fresh() -> IdempotencyKey { IdempotencyKey(unchecked: UUID().uuidString) }

    private init(unchecked text: String) {
        self.text = text
    }
}
