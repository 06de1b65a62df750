import Foundation

/// A file's bytes, a chunk at a time.
final class FileChunks {
    let path: String
    /// Size in bytes when the file was opened.
    let size: Int
    private(set) var bytesRead = 0
    private let descriptor: Int32
    private let chunkSize: Int

    init(path: String, chunkSize: Int = 256 * 1024) throws(ImportingError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        fstat(descriptor, &status)
        self.path = path
        self.descriptor = descriptor
        self.chunkSize = chunkSize
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Appends the next chunk to `buffer`; false at the end of the file.
    func append(to buffer: inout [UInt8]) throws(ImportingError) -> Bool {
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { bytes, initialized in
            repeat {
                count = read(descriptor, bytes.baseAddress, chunkSize)
            } while count < 0 && errno == EINTR
            initialized = max(count, 0)
        }
        guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        buffer.append(contentsOf: chunk)
        bytesRead += count
        return count > 0
    }

    /// The first `count` bytes of a file.
    static func head(of path: String, count: Int = CSVDialect.sampleSize) throws(ImportingError) -> [UInt8] {
        let chunks = try FileChunks(path: path, chunkSize: count)
        var head: [UInt8] = []
        while head.count < count, try chunks.append(to: &head) {}
        return head.count > count ? Array(head.prefix(count)) : head
    }
}
