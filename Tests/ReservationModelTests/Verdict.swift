import Foundation

/// What the checker said of a model.
struct Verdict {
    /// The first fault that it found.
    enum Fault: Hashable, CustomStringConvertible {
        /// A claim that did not hold, by the name of the variable that the model asserts to be false.
        case claim(String)
        /// Somebody waits for good.
        case deadlock
        /// Somebody goes on for good.
        case cycle
        /// Something else; its line.
        case other(String)

        var description: String {
            switch self {
            case .claim(let name): "violated claim \(name)"
            case .deadlock: "deadlock"
            case .cycle: "endless cycle"
            case .other(let line): line
            }
        }
    }

    /// Nil when nothing was found.
    let fault: Fault?
    /// Whether every reachable state was visited.
    let isExhaustive: Bool
    /// The statements of `Request` that no run came to.
    let unreached: Set<String>
    /// The last part of the output, for a person.
    let tail: String

    /// Reads what `pan` wrote.
    init(output: String) {
        let lines = output.split(separator: "\n").map(String.init)
        let found = lines.first { $0.hasPrefix("pan:1:") }
        fault = found.map(Self.fault(of:))
        let incomplete = [
            "max search depth too small", "Search not completed", "MEMLIM", "out of memory", "Bit statespace",
        ]
        isExhaustive =
            lines.contains { $0.hasPrefix("Full statespace search") }
            && lines.contains { $0.hasPrefix("State-vector") && $0.hasSuffix("errors: 0") }
            && !incomplete.contains { output.contains($0) }
        let section = lines.drop { $0 != "unreached in proctype Request" }.dropFirst()
        unreached = Set(
            section.prefix { !$0.hasPrefix("unreached in") && !$0.hasPrefix("\t(") }
                .map { $0.trimmingCharacters(in: .whitespaces) })
        tail = lines.suffix(60).joined(separator: "\n")
    }

    private static func fault(of line: String) -> Fault {
        if line.contains("invalid end state") { return .deadlock }
        if line.contains("non-progress cycle") { return .cycle }
        if let claim = line.firstMatch(of: /assertion violated\s+!\((\w+)\)/) { return .claim(String(claim.1)) }
        return .other(line)
    }
}
