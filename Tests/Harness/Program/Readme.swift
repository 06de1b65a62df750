public import Foundation

/// The README of the package.
public enum Readme {
    /// The directory of the package.
    public static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All of it.
    public static func text() throws -> String {
        try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
    }

    /// The code blocks of a language, in their order; an empty one for those of none.
    public static func blocks(_ language: String, in text: String) -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        var isWanted = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = current {
                if line == "```" {
                    if isWanted { blocks.append(block.joined(separator: "\n") + "\n") }
                    current = nil
                } else {
                    current?.append(line)
                }
            } else if line.hasPrefix("```") {
                isWanted = line.dropFirst(3) == language
                current = []
            }
        }
        return blocks
    }

    /// Whether a block is an example: one whose every command is `make` sets this very machine up and is not run.
    public static func isExample(_ block: String) -> Bool {
        !block.split(separator: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }.allSatisfy { $0.hasPrefix("make ") }
    }
}
