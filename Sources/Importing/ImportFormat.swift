/// The formats that are read.
public enum ImportFormat: String, Sendable, CaseIterable {
    case csv
    case geojson
    case osm

    /// The format that a file's name says, or else its first byte.
    public init(path: String) throws(ImportingError) {
        let name = path.lowercased()
        if [".pbf", ".osm", ".osm.gz", ".osm.bz2", ".o5m"].contains(where: name.hasSuffix) {
            self = .osm
        } else if [".geojson", ".json", ".geojsonl", ".geojsons", ".geojsonseq", ".ndjson", ".jsonl"].contains(
            where: name.hasSuffix)
        {
            self = .geojson
        } else {
            let head = try FileChunks.head(of: path, count: 64)
            let first = head.drop { [0xEF, 0xBB, 0xBF, 0x1E, 0x20, 10, 13, 9].contains($0) }.first
            self = first == UInt8(ascii: "{") ? .geojson : .csv
        }
    }

    /// A reader of a file of this format.
    public func reader(path: String, options: ImportOptions) throws(ImportingError) -> any RowReader {
        switch self {
        case .csv: try CSVReader(path: path, mapping: options.mapping)
        case .geojson: try GeoJSONReader(path: path, projected: options.coordinateSystem != nil)
        case .osm: try OSMReader(path: path)
        }
    }
}
