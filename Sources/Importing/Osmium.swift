import Foundation

/// Runs `osmium-tool` to cut the salons out of an OpenStreetMap file.
enum Osmium {
    /// The objects that may be salons, in the syntax of `osmium tags-filter`; what they are is said by ``OSMTags``.
    static let filters = [
        "nwr/shop=hairdresser,beauty,massage,tattoo,piercing,cosmetics,nails,tanning", "nwr/amenity=spa",
        "nwr/leisure=spa,sauna,tanning_salon", "nwr/healthcare=podiatrist",
    ]

    /// Writes the features of `path` to a new file of newline-delimited GeoJSON in `directory` and returns its path.
    static func export(_ path: String, into directory: String, program: String? = nil) throws(ImportingError) -> String
    {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .unreadable(path: path, reason: "no such file, or not readable")
        }
        guard let program = program ?? find() else { throw .osmiumMissing }
        let filtered = directory + "/filtered.pbf"
        let exported = directory + "/features.geojsonseq"
        try run(program, ["tags-filter", "--overwrite", "-o", filtered, path] + filters, in: directory)
        try run(
            program,
            [
                "export", "--overwrite", "-f", "geojsonseq", "-x", "print_record_separator=false", "-u", "type_id",
                "--geometry-types=point,polygon", "-o", exported, filtered,
            ], in: directory)
        return exported
    }

    private static func find() -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
            .map { $0 + "/osmium" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func run(_ program: String, _ arguments: [String], in directory: String) throws(ImportingError) {
        let log = directory + "/osmium.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // A file cannot fill up and block the child, as a pipe would.
        process.standardError = FileHandle(forWritingAtPath: log)
        do {
            try process.run()
        } catch {
            throw .osmiumMissing
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let message = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw .osmium(message.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
