/// Why a value is not understood, and at which character, from 1.
struct ParseFailure: Error, CustomStringConvertible {
    let reason: String
    let position: Int

    var description: String { "\(reason) at character \(position)" }
}
