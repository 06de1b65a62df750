import Foundation

/// The end of a server's log, for a message that says why it did not start.
enum LogTail {
    /// The last lines of the file, or an empty string when there is no such file.
    static func read(_ path: String, from offset: Int = 0, lines: Int = 12) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { return "" }
        let text = String(decoding: data.dropFirst(offset), as: UTF8.self)
        return text.split(separator: "\n").suffix(lines).joined(separator: "\n")
    }

    /// The file's length in bytes; what is written later begins there.
    static func length(_ path: String) -> Int {
        var information = stat()
        return stat(path, &information) == 0 ? Int(information.st_size) : 0
    }
}
