/// Which of a file's columns is which of ours.
struct ColumnPlan {
    /// For each column of the file: what it is; nil for source data.
    private(set) var roles: [Column?] = []
    private(set) var unknown: [String] = []
    private let mapping: [Column: String]
    private var taken: Set<Column> = []

    /// Throws ``ImportingError/mapping(name:column:reason:)`` for a name that is none of ``Column``.
    init(mapping: [String: String]) throws(ImportingError) {
        var columns: [Column: String] = [:]
        for (name, column) in mapping {
            guard let known = Column(rawValue: name) else {
                let names = Column.allCases.map(\.rawValue).joined(separator: ", ")
                throw .mapping(name: name, column: column, reason: "the names are \(names)")
            }
            columns[known] = column
        }
        self.mapping = columns
    }

    /// Throws for a mapping to a column that is not among the first ones read, where the columns are all known.
    func check(_ columns: [String]) throws(ImportingError) {
        for (name, column) in mapping.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !columns.contains(column)
        {
            throw .mapping(name: name.rawValue, column: column, reason: "the file has no such column")
        }
    }

    /// Gives roles to columns that were not there before: a mapping wins over a name, a name over another spelling, and
    /// the first column over later ones.
    mutating func extend(to columns: [String]) {
        guard roles.count < columns.count else { return }
        let exact = Set(columns).intersection(Column.allCases.map(\.rawValue))
        for name in columns[roles.count...] {
            var role = mapping.first { $0.value == name }?.key
            if role == nil, let column = Column(header: name), mapping[column] == nil,
                name == column.rawValue || !exact.contains(column.rawValue)
            {
                role = column
            }
            if let found = role, !taken.insert(found).inserted { role = nil }
            if role == nil { unknown.append(name) }
            roles.append(role)
        }
    }

    func has(_ column: Column) -> Bool { taken.contains(column) }
}
