import Foundation

/// Writes rejected rows as CSV with their file's columns, then `reason` and `line`: once corrected it is imported as it
/// is. The rows wait in a second file until the end, since GeoJSON may bring new columns at any time.
final class RejectsFile {
    /// Names of the columns at the end, which reading passes over.
    static let bookkeeping = ["reason", "line"]

    private let path: String
    private let waitingPath: String
    private let handle: FileHandle
    private var pending: [UInt8] = []

    init(path: String) throws(ImportingError) {
        self.path = path
        waitingPath = path + ".part"
        guard FileManager.default.createFile(atPath: waitingPath, contents: nil),
            let handle = FileHandle(forWritingAtPath: waitingPath)
        else { throw .unwritable(path: waitingPath, reason: String(cString: strerror(errno))) }
        self.handle = handle
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: waitingPath)
    }

    /// Adds a row: reason and line first while waiting, so that columns may be missing at the end.
    func add(_ row: SourceRow, reason: RejectReason) throws(ImportingError) {
        var values = [reason.description, String(row.line)]
        for cell in row.cells {
            while values.count <= cell.column + 2 { values.append("") }
            values[cell.column + 2] = cell.value
        }
        Self.append(values, to: &pending)
        if pending.count > 1 << 16 { try flush(to: handle, path: waitingPath) }
    }

    /// Puts the rows under their header; the file appears at its path whole or not at all.
    func finish(columns: [String]) throws(ImportingError) {
        try flush(to: handle, path: waitingPath)
        let finished = path + ".new"
        guard FileManager.default.createFile(atPath: finished, contents: nil),
            let output = FileHandle(forWritingAtPath: finished)
        else { throw .unwritable(path: finished, reason: String(cString: strerror(errno))) }
        Self.append(columns + Self.bookkeeping, to: &pending)
        var records = try CSVRecords(chunks: try FileChunks(path: waitingPath), delimiter: 44, skipping: 0)
        while try records.next() {
            var values = records.fields.map { field in
                records.withField(field) { Neutralised.undo(String(decoding: $0, as: UTF8.self)) }
            }
            while values.count < columns.count + 2 { values.append("") }
            Self.append(values.dropFirst(2) + values.prefix(2), to: &pending)
            if pending.count > 1 << 16 { try flush(to: output, path: finished) }
        }
        try flush(to: output, path: finished)
        do {
            try output.close()
        } catch {
            throw .unwritable(path: finished, reason: "\(error)")
        }
        guard rename(finished, path) == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private func flush(to handle: FileHandle, path: String) throws(ImportingError) {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw .unwritable(path: path, reason: "\(error)")
        }
        pending.removeAll(keepingCapacity: true)
    }

    static func append(_ values: some Collection<String>, to bytes: inout [UInt8]) {
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(44) }
            let cell = Neutralised.apply(value)
            if cell.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) {
                bytes.append(34)
                for byte in cell.utf8 {
                    if byte == 34 { bytes.append(34) }
                    bytes.append(byte)
                }
                bytes.append(34)
            } else {
                bytes += cell.utf8
            }
        }
        bytes += [13, 10]
    }
}
