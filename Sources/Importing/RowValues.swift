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

    subscript(column: Column) -> String? { known[column] }
}
