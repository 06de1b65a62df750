import Foundation
import Salons

/// Reads the salons of an OpenStreetMap file (`.osm.pbf`, `.osm`) through `osmium`, as rows in this project's columns;
/// the other tags follow under their own names. Areas stand at their centroid.
public final class OSMReader: RowReader {
    /// What was recognised, at opening.
    public let recognised = RecognisedFormat(format: "OpenStreetMap", encoding: "UTF-8")
    /// Names of the columns met so far.
    public private(set) var columns: [String] = Column.allCases.map(\.rawValue)
    /// Fields that had to be repaired, by kind.
    public var textWarnings: [ImportWarning: Int] { features.textWarnings }
    /// Bytes read so far; of an OpenStreetMap file those of the features cut out of it.
    public var bytesRead: Int { features.bytesRead }
    /// Size of what is read, in bytes.
    public var bytesTotal: Int { features.bytesTotal }

    private let features: GeoJSONReader
    private let directory: String
    private var columnIndex: [String: Int] = [:]

    /// Runs `osmium`; the features go through a temporary file. `program` is looked up in `PATH` when nil.
    public init(path: String, program: String? = nil) throws(ImportingError) {
        let directory = NSTemporaryDirectory() + "/salons-osm-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(path: directory, reason: "\(error)")
        }
        do throws(ImportingError) {
            features = try GeoJSONReader(path: try Osmium.export(path, into: directory, program: program))
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        self.directory = directory
        for (index, name) in columns.enumerated() { columnIndex[name] = index }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The next row, in the order of the file; nil at the end.
    public func next() throws(ImportingError) -> SourceRow? {
        while let feature = try features.next() {
            if feature.damage != nil { return feature }
            var tags: [String: String] = [:]
            for cell in feature.cells { tags[features.columns[cell.column]] = cell.value }
            let categories = OSMTags.categories(tags)
            // Nodes of an outline come along, and may have tags of their own.
            if categories.isEmpty { continue }
            return SourceRow(line: feature.line, cells: cells(tags, categories), damage: nil)
        }
        return nil
    }

    private func cells(_ tags: [String: String], _ categories: [Salons.Category]) -> [SourceRow.Cell] {
        var rest = tags
        var cells: [SourceRow.Cell] = []
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            if columnIndex[name] == nil {
                columnIndex[name] = columns.count
                columns.append(name)
            }
            cells.append(SourceRow.Cell(column: columnIndex[name] ?? 0, value: value))
        }
        add(Column.sourceReference.rawValue, rest.removeValue(forKey: "id").flatMap(OSMTags.reference))
        for (column, names) in OSMTags.direct {
            let present = names.first { rest[$0] != nil }
            add(column.rawValue, present.flatMap { rest.removeValue(forKey: $0) })
        }
        add(Column.category.rawValue, categories.map(\.rawValue).joined(separator: ";"))
        add(Column.attributes.rawValue, OSMTags.attributes(tags).map(\.rawValue).joined(separator: ";"))
        add(Column.latitude.rawValue, rest.removeValue(forKey: "lat"))
        add(Column.longitude.rawValue, rest.removeValue(forKey: "lon"))
        for (name, value) in rest.sorted(by: { $0.key < $1.key }) {
            add(Column(header: name) == nil ? name : "osm:" + name, value)
        }
        return cells
    }
}
