/// A failure that is told to the person at the terminal in one sentence, without a stack trace.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
