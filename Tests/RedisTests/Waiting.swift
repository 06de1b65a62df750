/// Waits until `condition` holds; a test that waits in vain ends at its own time limit.
func wait(until condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
}
