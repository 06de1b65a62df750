import Timing

/// What a test waited for and did not get, with the last value or error that it met.
public struct DidNotHappen: Error, CustomStringConvertible {
    /// Where it was waited for, how long, and what came last.
    public let description: String

    /// What a test of its own waits for.
    public init(description: String) {
        self.description = description
    }
}

/// The longest that a test waits for what others bring about: for a machine that is busy, not a promise. A transaction
/// of another test's database holds the feeds back too, so it is the time of a long test.
public let longestWait = Duration.seconds(120)

/// Waits until the condition holds, and throws `DidNotHappen` when it does not within the bound. What the condition
/// throws ends the wait.
/// - Parameter context: what the error shall tell besides, such as the seed.
public func eventually(
    _ context: String = "", _ condition: () async throws -> Bool, file: String = #fileID, line: Int = #line
) async throws {
    try await eventually(context, condition, until: { $0 }, file: file, line: line)
}

/// Reads until a value is what is waited for, and returns it. Throws `DidNotHappen`, which tells the last value, when
/// that is not so within the bound. What the reading throws ends the wait.
@discardableResult
public func eventually<Value>(
    _ context: String = "", _ read: () async throws -> Value, until isReached: (Value) -> Bool, file: String = #fileID,
    line: Int = #line
) async throws -> Value {
    let end = ContinuousClock.now + longestWait
    while true {
        let value = try await read()
        if isReached(value) { return value }
        guard ContinuousClock.now < end else {
            throw DidNotHappen(
                description: "\(file):\(line): not in \(longestWait); the last value was \(value). \(context)")
        }
        try await Pause.sleep(for: .milliseconds(5))
    }
}

/// Tries again and again until nothing is thrown, and returns the value. Throws `DidNotHappen`, which tells the last
/// error, when the bound is reached.
public func untilItSucceeds<Value>(
    _ attempt: () async throws -> Value, file: String = #fileID, line: Int = #line
) async throws -> Value {
    let end = ContinuousClock.now + longestWait
    while true {
        do {
            return try await attempt()
        } catch {
            guard ContinuousClock.now < end else {
                throw DidNotHappen(description: "\(file):\(line): not in \(longestWait); the last error was \(error)")
            }
        }
        try await Pause.sleep(for: .milliseconds(5))
    }
}
