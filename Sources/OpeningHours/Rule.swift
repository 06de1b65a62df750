/// One rule of a value: on which days, at which times, with which state.
public struct Rule: Sendable, Hashable, CustomStringConvertible {
    /// How a rule joins those before it.
    public enum Separator: String, Sendable, Hashable {
        /// `;`: on the days it matches it replaces them; `off` with times only takes these times away.
        case override = "; "
        /// `,`: it adds to them.
        case additional = ", "
        /// `||`: it holds where they leave closed.
        case fallback = " || "
    }

    /// The joint with the rule before; the first rule has `.override`.
    public let separator: Separator
    /// What the rule says of its times.
    public let status: OpeningState.Status
    /// The text in quotes, without them.
    public let comment: String?

    let days: DaySelector
    /// Empty: the whole day.
    let spans: [TimeSpan]

    /// The rule in one canonical spelling, without its separator; parses to the same rule.
    public var description: String {
        var parts: [String] = []
        let dayText = days.description
        if !dayText.isEmpty { parts.append(dayText) }
        if !spans.isEmpty { parts.append(spans.map(\.description).joined(separator: ",")) }
        if parts.isEmpty, status == .open { parts.append("24/7") }
        switch status {
        case .closed: parts.append("off")
        case .unknown: if comment == nil { parts.append("unknown") }
        case .open: if comment != nil { parts.append("open") }
        }
        if let comment { parts.append("\"\(comment)\"") }
        return parts.joined(separator: " ")
    }
}
