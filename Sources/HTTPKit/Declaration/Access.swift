/// The least that a caller must be for an operation.
public struct Access<Caller: Sendable>: Sendable {
    /// What a caller lacks.
    public enum Verdict: Sendable, Equatable {
        /// Nothing.
        case admitted
        /// A credential: who shows one may be admitted (401).
        case needsCredential
        /// The right (403).
        case refused
    }

    /// The tier's name, for tests and tables.
    public let name: String
    let judge: @Sendable (Caller) -> Verdict

    /// Names a tier and says who belongs to it.
    public init(_ name: String, judge: @escaping @Sendable (Caller) -> Verdict) {
        self.name = name
        self.judge = judge
    }

    /// Whoever comes.
    public static var anyone: Access { Access("anyone") { _ in .admitted } }
}
