/// Reads CSV: delimiter, header and encoding are recognised, every field is repaired on its own.
public final class CSVReader: RowReader {
    /// What was recognised, at opening.
    public let recognised: RecognisedFormat
    /// Names of the columns met so far.
    public private(set) var columns: [String]
    /// Fields that had to be repaired, by kind.
    public var textWarnings: [ImportWarning: Int] { text.warnings }
    /// Bytes read so far.
    public var bytesRead: Int { chunks.bytesRead }
    /// Size of what is read, in bytes.
    public var bytesTotal: Int { chunks.size }

    private let chunks: FileChunks
    private var records: CSVRecords
    private var text: CellText
    /// A file without a header gives back its first record as a row.
    private var pending: SourceRow?
    /// Columns of the file that only a rejects file has, at its end.
    private let bookkeeping: Int

    /// Opens a file; `mapping` (name to column) counts as knowing a header, and with only numbers says there is none.
    public convenience init(path: String, mapping: [String: String] = [:]) throws(ImportingError) {
        try self.init(path: path, mapping: mapping, chunkSize: 256 * 1024)
    }

    init(path: String, mapping: [String: String], chunkSize: Int) throws(ImportingError) {
        let dialect = try CSVDialect(head: FileChunks.head(of: path))
        let chunks = try FileChunks(path: path, chunkSize: chunkSize)
        var records = try CSVRecords(chunks: chunks, delimiter: dialect.delimiter, skipping: dialect.prefix)
        var text = CellText()
        var cells: [String] = []
        if try records.next() {
            for field in records.fields {
                cells.append(Neutralised.undo(records.withField(field) { text.decode($0) }))
            }
        }
        let names = Set(mapping.values)
        let isNumbered = !names.isEmpty && names.allSatisfy { Int($0) != nil }
        let hasHeader = !isNumbered && cells.contains { names.contains($0) || Column(header: $0) != nil }
        guard hasHeader || isNumbered || cells.isEmpty else { throw .noHeader(cells) }
        self.chunks = chunks
        self.records = records
        self.text = text
        recognised = RecognisedFormat(
            format: "CSV", encoding: dialect.encoding, delimiter: String(UnicodeScalar(dialect.delimiter)),
            hasHeader: hasHeader)
        bookkeeping = hasHeader && cells.suffix(2) == RejectsFile.bookkeeping[...] ? 2 : 0
        if hasHeader {
            columns = []
            for (index, cell) in cells.dropLast(bookkeeping).enumerated() {
                let name = cell.isEmpty ? "column \(index + 1)" : cell
                columns.append(columns.contains(name) ? "\(name) (\(index + 1))" : name)
            }
        } else {
            columns = cells.indices.map { String($0 + 1) }
            if !cells.isEmpty { pending = row() }
        }
    }

    /// The next row, in the order of the file; nil at the end.
    public func next() throws(ImportingError) -> SourceRow? {
        if let row = pending {
            pending = nil
            return row
        }
        return try records.next() ? row() : nil
    }

    private func row() -> SourceRow {
        var cells: [SourceRow.Cell] = []
        cells.reserveCapacity(columns.count)
        for (index, field) in records.fields.prefix(columns.count).enumerated() where !field.range.isEmpty {
            let value = Neutralised.undo(records.withField(field) { text.decode($0) })
            if !value.isEmpty { cells.append(SourceRow.Cell(column: index, value: value)) }
        }
        var damage = records.damage
        let expected = columns.count + bookkeeping
        if damage == nil, records.fields.count != expected {
            damage = "\(records.fields.count) fields instead of \(expected)"
        }
        return SourceRow(line: records.line, cells: cells, damage: damage)
    }
}
