import Foundation
import Harness
import Testing

/// One instance with a demo, for all that is pasted.
struct `Examples that are printed` {
    /// `curl` that fails where the service refuses, and where a search finds nothing that must find something.
    private static let curl = """
        #!/bin/bash
        answer=$(/usr/bin/curl -sS --fail-with-body "$@"); status=$?
        printf '%s\\n' "$answer"
        # In the night nothing is open, and nothing can begin within the hour.
        case "$*" in *open_now=true*|*within_min=60*|*sort=soonest*) found=yes ;; *) found=maybe ;; esac
        if [ $status -ne 0 ] || { [ $found = maybe ] && [[ $answer == *'"salons":[]'* ]]; }; then
            printf 'FAILED curl %s\\n%s\\n' "$*" "$answer" >> "$FAILURES"
            exit 22
        fi
        """

    private func paste(_ script: String, into running: RunningProgram) async throws -> RunningProgram.Result {
        let tools = "\(running.directory)/tools"
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
        #expect(
            FileManager.default.createFile(
                atPath: "\(tools)/curl", contents: Data(Self.curl.utf8), attributes: [.posixPermissions: 0o755]))
        let failures = "\(running.directory)/failures"
        let result = try await running.shell("set -eu\nexport FAILURES=\(failures)\n" + script, path: tools)
        let failed = (try? String(contentsOfFile: failures, encoding: .utf8)) ?? ""
        try? FileManager.default.removeItem(atPath: failures)
        return .init(status: failed.isEmpty ? result.status : 22, output: failed + result.output)
    }

    @Test func `of the README, and of the greeting, work when they are pasted in their order`() async throws {
        let blocks = Readme.blocks("sh", in: try Readme.text()).filter(Readme.isExample)
        #expect(blocks.count >= 5)
        let running = try await RunningProgram(["--demo", "300"])
        do {
            let script = blocks.enumerated().map { "echo '== block \($0.offset + 1)'\n\($0.element)" }.joined()
                .replacing("http://localhost:8080", with: running.address)
            #expect(script.contains(running.address))
            let result = try await paste(script, into: running)
            #expect(result.status == 0, "\(result.output.suffix(3_000))")
            #expect(result.output.contains("== block \(blocks.count)\n"))

            let pasted = running.greeting.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("ready") && !$0.hasPrefix("Open") }
                .map { $0.replacing("Try    ", with: "").replacing("Book   ", with: "") }
                .drop { !$0.hasPrefix("curl ") }.joined(separator: "\n")
            #expect(pasted.contains("/v1/salons/nearby?") && pasted.contains("/v1/bookings"))
            let greeting = try await paste(pasted + "\n", into: running)
            #expect(greeting.status == 0, "\(greeting.output.suffix(3_000))")
            #expect(greeting.output.contains(#""status":"booked""#))
        } catch {
            try await running.stop()
            throw error
        }
        try await running.stop()
    }
}
