/// One row as its file has it: the cells that are not empty, by their columns.
public struct SourceRow: Sendable, Hashable {
    /// A cell that is not empty.
    public struct Cell: Sendable, Hashable {
        /// Index into the reader's columns.
        public let column: Int
        /// Text in UTF-8, without white space around it.
        public var value: String
    }

    /// Line of the file where the row begins, from 1; for an OpenStreetMap extract the number of the object.
    public let line: Int
    /// Cells in the order of the file.
    public var cells: [Cell]
    /// Why the row could not be taken apart; its cells are then what could be made of it.
    public let damage: String?
}

/// What a reader found out about its file.
public struct RecognisedFormat: Sendable, Hashable, CustomStringConvertible {
    /// `CSV`, `GeoJSON` or `OpenStreetMap`.
    public var format: String
    /// `UTF-8`, `UTF-8 with BOM` or `Windows-1252`.
    public var encoding: String
    /// The character between fields; nil for other formats than CSV.
    public var delimiter: String?
    /// Whether the first row was a header; nil for other formats than CSV.
    public var hasHeader: Bool?

    private static let names = [",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"]

    /// Such as `CSV, Windows-1252, separated by semicolons, with a header`.
    public var description: String {
        var parts = [format, encoding]
        if let delimiter { parts.append("separated by \(Self.names[delimiter] ?? "'\(delimiter)'")") }
        if let hasHeader { parts.append(hasHeader ? "with a header" : "without a header") }
        return parts.joined(separator: ", ")
    }
}

/// A file of rows, read once from its beginning in memory that does not grow with it.
public protocol RowReader: AnyObject {
    /// What was recognised.
    var recognised: RecognisedFormat { get }
    /// Names of the columns met so far; it only ever grows, at its end.
    var columns: [String] { get }
    /// Warnings about the text itself, such as a repaired encoding.
    var textWarnings: [ImportWarning: Int] { get }
    /// Bytes read so far.
    var bytesRead: Int { get }
    /// Bytes of the whole file.
    var bytesTotal: Int { get }
    /// The next row, also a damaged one; nil at the end.
    func next() throws(ImportingError) -> SourceRow?
}
