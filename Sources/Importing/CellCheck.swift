import Salons

/// Holds the cells of a row's known columns against the rule for texts that people read.
enum CellCheck {
    /// The row with line ends and tabs made spaces and invisible marks of direction taken out, which both is told.
    /// Throws for other control characters, for a cell that is too long, and for a name in which nothing can be seen.
    static func checked(
        _ values: RowValues, _ warn: (ImportWarning, String) -> Void
    ) throws(RejectReason) -> RowValues {
        var values = values
        for column in Column.allCases {
            guard let text = values[column] else { continue }
            if isPlain(text), text.utf8.count <= column.limit { continue }
            let repaired = repaired(text, of: column, warn)
            do throws(VisibleText.Fault) {
                let checked = try VisibleText.checked(repaired, limit: column.limit)
                if checked != text || repaired != text { values.set(column, to: checked) }
            } catch {
                switch error {
                case .control: throw RejectReason(.controlCharacter, "the column \(column.rawValue) \(error)")
                case .tooLong:
                    throw RejectReason(
                        column == .name ? .nameTooLong : .textTooLong, "the column \(column.rawValue) \(error)")
                case .invisible:
                    guard column != .name else { throw RejectReason(.invisibleName, "the name \(error)") }
                    values.set(column, to: nil)
                }
            }
        }
        return values
    }

    /// Most cells are ASCII that can be printed.
    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (33...126).contains($0) || $0 == 32 } }

    private static func repaired(
        _ text: String, of column: Column, _ warn: (ImportWarning, String) -> Void
    ) -> String {
        var result = String.UnicodeScalarView()
        var replaced = false
        var removed = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r":
                replaced = true
                if result.last != " " { result.append(" ") }
            case "\u{61C}", "\u{200E}", "\u{200F}": removed = true
            default: result.append(scalar)
            }
        }
        if replaced { warn(.whiteSpaceReplaced, "line ends or tabs in the column \(column.rawValue) were made spaces") }
        if removed {
            warn(.directionMarkRemoved, "invisible marks of direction were taken out of the column \(column.rawValue)")
        }
        return String(result)
    }
}
