/// A row's cells by what they mean.
struct RowValues {
    private var known: [Column: String] = [:]
    private(set) var sourceData: [String: String] = [:]

    init(_ row: SourceRow, columns: [String], plan: ColumnPlan) {
        for cell in row.cells {
            if let column = plan.roles[cell.column] {
                known[column] = cell.value
            } else {
                sourceData[columns[cell.column]] = cell.value
            }
        }
    }

    /// Replaces the text of a column.
    mutating func set(_ column: Column, to text: String?) { known[column] = text }

    subscript(column: Column) -> String? { known[column] }
}
