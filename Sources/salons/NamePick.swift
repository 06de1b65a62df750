/// Picks from a few names the one that is meant.
enum NamePick {
    /// Those of this name, else those whose name begins with it, else those whose name contains it, in any case.
    static func matches<Element>(_ text: String, _ elements: [Element], name: (Element) -> String) -> [Element] {
        let text = text.lowercased()
        for isMatch in [{ $0 == text }, { $0.hasPrefix(text) }, { $0.contains(text) }] as [(String) -> Bool] {
            let found = elements.filter { isMatch(name($0).lowercased()) }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// A sentence with a candidate on each line.
    static func several(_ text: String, of kind: String, _ candidates: [String], hasMore: Bool = false) -> String {
        "'\(text.onOneLine)' may be any of these \(kind); name one of them in full, or give its identifier:\n"
            + candidates.map { "  \($0.onOneLine)" }.joined(separator: "\n") + (hasMore ? "\n  … and more" : "")
    }
}
