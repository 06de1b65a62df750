import Foundation
import Logging
import Testing

@testable import LocalServices

let logger = Logger(label: "local-services-tests") { _ in SwiftLogNoOpLogHandler() }

/// A directory for one test, removed with all that it links to.
func withScratchDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/salons-scratch-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    let directory = String(cString: made)
    // The servers' account must be able to pass through.
    chmod(directory, 0o755)
    defer {
        let files = FileManager.default
        for link in ["relocated", "sockets"] {
            if let target = try? files.destinationOfSymbolicLink(atPath: "\(directory)/\(link)") {
                removeStandIn(target)
            }
        }
        try? files.removeItem(atPath: directory)
    }
    return try await body(directory)
}

/// Removes a directory that the module made for itself, and nothing else: the tests may run as root, and a defect that
/// they are there to find may hand them any path.
func removeStandIn(_ path: String) {
    let parts = path.split(separator: "/")
    let isOurs =
        parts.last?.hasPrefix("salons-") == true
        && ["tmp", "var/tmp"].contains(parts.dropLast().joined(separator: "/"))
    if path.hasPrefix("/"), isOurs { try? FileManager.default.removeItem(atPath: path) }
}

/// The answer of `psql` to one statement.
func psql(_ sql: String, at url: String) async throws -> String {
    let answer = try await runPsql(sql, at: url)
    try #require(answer.succeeded, "\(answer.output)")
    return answer.output.trimmingCharacters(in: .newlines)
}

/// Whether `psql` carries one statement out.
func succeeds(_ sql: String, at url: String) async throws -> Bool {
    try await runPsql(sql, at: url).succeeded
}

private func runPsql(_ sql: String, at url: String) async throws -> (succeeded: Bool, output: String) {
    let program = try LocalPostgres.program("psql")
    return try await blocking { () throws(LocalServicesError) in
        try ChildProcess.run([program, "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql])
    }
}

/// Settings of `.disposable` for data that a test wants to find again after `stop()`.
var kept: LocalPostgres.Options {
    LocalPostgres.Options(settings: LocalPostgres.Options.disposable.settings, isDisposable: false)
}
