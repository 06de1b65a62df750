import Foundation

/// Makes a directory in `/tmp` that the servers' account can reach, also where the tests run as root.
///
/// Its path is short, since the path of a socket may have 107 bytes only.
public func makeTemporaryDirectory(_ name: String) throws -> String {
    var template = Array("/tmp/salons-test-\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, chmod(template, 0o755) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Runs a body with a directory as of `makeTemporaryDirectory`, and removes it with all that is in it.
public func withTemporaryDirectory<Value>(
    _ name: String, _ body: (String) async throws -> Value
) async throws -> Value {
    let path = try makeTemporaryDirectory(name)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
