/// Columns for a terminal: widths from the content, numbers to the right, long cells cut with an ellipsis.
struct TextTable {
    /// One column.
    struct Column {
        var title: String
        var alignsRight = false
        var maximumWidth = 40
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func append(_ row: [String]) {
        rows.append(row.map { $0.replacing("\n", with: " ").onOneLine })
    }

    /// The lines, the titles first.
    var text: String {
        let widths = columns.indices.map { index in
            min(
                columns[index].maximumWidth,
                max(columns[index].title.count, rows.map { $0[index].count }.max() ?? 0))
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { index in
                let cell =
                    cells[index].count > widths[index] ? "\(cells[index].prefix(widths[index] - 1))…" : cells[index]
                let padding = String(repeating: " ", count: widths[index] - cell.count)
                return columns[index].alignsRight ? padding + cell : cell + padding
            }
            var text = padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([line(columns.map(\.title)), rule] + rows.map(line)).joined(separator: "\n")
    }
}
