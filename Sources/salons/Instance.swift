import Foundation
import JSON

/// What a running `salons up` wrote down in its directory, so that other commands find it without being told.
enum Instance {
    private static let fileName = "instance.json"

    /// The nearest `.local/instance.json`, from the working directory upwards.
    static func find() -> String? {
        var directory = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while true {
            let candidate = directory.appendingPathComponent(".local/\(fileName)").path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            let parent = directory.deletingLastPathComponent()
            if parent.path == directory.path { return nil }
            directory = parent
        }
    }

    /// Writes the settings that reach this instance; readable by the owner alone.
    static func write(databaseURL: String, redisURL: String, port: Int, in directory: String) throws {
        let settings: JSONValue = [
            "salons": [
                "database": ["url": .string(databaseURL)], "redis": ["url": .string(redisURL)], "port": .integer(port),
            ]
        ]
        let data = Data((settings.layout(spreading: 2) + "\n").utf8)
        let path = "\(directory)/\(fileName)"
        guard
            FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw CommandError("cannot write \(path)") }
    }

    /// Removes what `write` wrote.
    static func remove(in directory: String) {
        try? FileManager.default.removeItem(atPath: "\(directory)/\(fileName)")
    }
}
