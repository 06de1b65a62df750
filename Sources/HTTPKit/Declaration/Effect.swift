/// What a request leaves behind, and so what its sender must do when no answer comes.
public enum Effect: Sendable {
    /// Nothing: it can be asked again.
    case none
    /// A change. Nobody knows whether it took place when no answer comes; sending it again so finds out.
    case write(Problem.Repetition)

    var repetition: Problem.Repetition? {
        if case .write(let repetition) = self { repetition } else { nil }
    }
}
