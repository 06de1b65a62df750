/// The rows of a result, copied out of libpq.
public struct Rows: Sendable, RandomAccessCollection {
    final class Storage: Sendable {
        let columns: [(name: String, type: TypeOID)]
        let bytes: [UInt8]
        /// Where each cell's bytes are, row by row; a negative start is NULL.
        let cells: [(start: Int, count: Int)]

        init(columns: [(name: String, type: TypeOID)], bytes: [UInt8], cells: [(start: Int, count: Int)]) {
            self.columns = columns
            self.bytes = bytes
            self.cells = cells
        }
    }

    let storage: Storage
    /// How many rows there are.
    public let count: Int
    /// How many rows the statement changed or returned, as the server counts.
    public let affected: Int

    /// Zero.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { count }
    /// The row at a position.
    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "row out of bounds")
        return Row(storage: storage, index: position)
    }

    /// The names of the columns.
    public var columns: [String] { storage.columns.map(\.name) }
}

/// One row of a result.
public struct Row: Sendable {
    let storage: Rows.Storage
    let index: Int

    /// The cell of a column, counted from 0.
    public func cell(_ column: Int) throws(PostgresError) -> Cell {
        guard column >= 0, column < storage.columns.count else {
            throw PostgresError(.decoding, operation: "decode", message: "no column \(column)")
        }
        let (start, count) = storage.cells[index * storage.columns.count + column]
        let (name, type) = storage.columns[column]
        return Cell(column: name, type: type, bytes: start < 0 ? nil : storage.bytes[start..<start + count])
    }

    /// The value of the column of that name.
    public func decode<T: PostgresDecodable>(_: T.Type, column: String) throws(PostgresError) -> T {
        guard let position = storage.columns.firstIndex(where: { $0.name == column }) else {
            throw PostgresError(.decoding, operation: "decode", message: "no column \"\(column)\"")
        }
        return try T(postgres: try cell(position))
    }

    /// The values of the first columns, in order.
    public func decode<each T: PostgresDecodable>(_ types: repeat (each T).Type) throws(PostgresError) -> (
        repeat each T
    ) {
        var column = -1
        func next<V: PostgresDecodable>(_: V.Type) throws(PostgresError) -> V {
            column += 1
            return try V(postgres: try cell(column))
        }
        return (repeat try next(each types))
    }
}
