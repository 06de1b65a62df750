import Foundation
import Salons

/// Writes what is wrong with accepted rows as CSV: line, warning, reason, and which salon it is about.
final class WarningsFile {
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
        RejectsFile.append(["line", "warning", "reason", "source_ref", "name"], to: &pending)
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: waitingPath)
    }

    func add(_ warning: ImportWarning, _ remark: RowRemark, about salon: SalonProfile) throws(ImportingError) {
        RejectsFile.append(
            [String(remark.line), warning.rawValue, remark.text, salon.source.reference, salon.name], to: &pending)
        if pending.count > 1 << 16 { try flush() }
    }

    /// The file appears at its path whole or not at all.
    func finish() throws(ImportingError) {
        try flush()
        guard rename(waitingPath, path) == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private func flush() throws(ImportingError) {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw .unwritable(path: waitingPath, reason: "\(error)")
        }
        pending.removeAll(keepingCapacity: true)
    }
}
