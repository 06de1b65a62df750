import JSON

/// Reads a GeoJSON FeatureCollection, or features one after another, as rows: properties are columns, and the geometry
/// becomes the columns `lat` and `lon` (`x` and `y` in another coordinate system than WGS 84).
public final class GeoJSONReader: RowReader {
    /// What was recognised, at opening.
    public let recognised = RecognisedFormat(format: "GeoJSON", encoding: "UTF-8")
    /// Names of the columns met so far.
    public private(set) var columns: [String] = []
    /// Fields that had to be repaired, by kind.
    public var textWarnings: [ImportWarning: Int] { text.warnings }
    /// Bytes read so far.
    public var bytesRead: Int { chunks.bytesRead }
    /// Size of what is read, in bytes.
    public var bytesTotal: Int { chunks.size }

    /// A feature longer than this is a damaged file.
    private static let longestFeature = 16 * 1024 * 1024
    /// Takes what files have that other programs wrote: of members that are given again the last, and texts in the
    /// encoding of old Western files.
    private static let json = JSONReader(
        longest: longestFeature, repeatedMembers: .kept, repair: { Windows1252.decode($0) })

    private let chunks: FileChunks
    private let positionColumns: (x: String, y: String)
    private var scanner = FeatureScanner()
    private var pieces: [FeatureScanner.Piece] = []
    private var nextPiece = 0
    private var atEnd = false
    private var buffer: [UInt8] = []
    private var text = CellText()
    private var columnIndex: [String: Int] = [:]

    /// Opens a file; `projected` says that its positions are in another coordinate system.
    public convenience init(path: String, projected: Bool = false) throws(ImportingError) {
        try self.init(path: path, projected: projected, chunkSize: 256 * 1024)
    }

    init(path: String, projected: Bool, chunkSize: Int) throws(ImportingError) {
        let head = try FileChunks.head(of: path, count: 64)
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { throw .encoding("UTF-16") }
        let first = head.drop { [0xEF, 0xBB, 0xBF, 0x1E, 0x20, 10, 13, 9].contains($0) }.first
        guard first == nil || first == UInt8(ascii: "{") else { throw .notGeoJSON("it does not begin with {") }
        chunks = try FileChunks(path: path, chunkSize: chunkSize)
        positionColumns = projected ? ("x", "y") : ("lon", "lat")
    }

    /// The next row, in the order of the file; nil at the end.
    public func next() throws(ImportingError) -> SourceRow? {
        while true {
            while nextPiece < pieces.count {
                let piece = pieces[nextPiece]
                nextPiece += 1
                if let row = row(of: piece) { return row }
            }
            if atEnd { return nil }
            pieces.removeAll(keepingCapacity: true)
            nextPiece = 0
            buffer.removeAll(keepingCapacity: true)
            if try chunks.append(to: &buffer) {
                for byte in buffer { scanner.push(byte, into: &pieces) }
                guard scanner.held <= Self.longestFeature else { throw .notGeoJSON("a feature is larger than 16 MiB") }
            } else {
                atEnd = true
                scanner.end(into: &pieces)
            }
        }
    }

    private func column(_ name: String) -> Int {
        if let index = columnIndex[name] { return index }
        columns.append(name)
        columnIndex[name] = columns.count - 1
        return columns.count - 1
    }

    private func row(of piece: FeatureScanner.Piece) -> SourceRow? {
        guard piece.isWhole else { return SourceRow(line: piece.line, cells: [], damage: "the feature breaks off") }
        let feature: JSONValue
        do throws(JSONFault) {
            feature = try Self.json.read(piece.bytes)
        } catch {
            return SourceRow(line: piece.line, cells: [], damage: "not JSON: \(error) of the feature")
        }
        // A collection whose features were read one by one ends as an object without any.
        guard feature["type"]?.string == "Feature" else {
            return SourceRow(line: piece.line, cells: [], damage: "not a Feature")
        }
        var cells: [SourceRow.Cell] = []
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            let repaired = text.repaired(value)
            cells.append(SourceRow.Cell(column: column(name), value: repaired))
        }
        if case .object(let members) = feature["properties"] {
            for member in members { add(member.name, member.value.cell) }
        }
        if feature["properties"]?["id"] == nil { add("id", feature["id"]?.cell) }
        if let geometry = feature["geometry"], let point = RepresentativePoint.of(geometry) {
            let names = [positionColumns.x, positionColumns.y]
            cells.removeAll { names.contains(columns[$0.column]) }
            add(positionColumns.x, point.x)
            add(positionColumns.y, point.y)
        }
        return SourceRow(line: piece.line, cells: cells, damage: nil)
    }
}
