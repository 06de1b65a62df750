/// One command: its name and its arguments, any bytes.
///
/// A command must have exactly one reply and leave the connection as it was: `SUBSCRIBE`, `MONITOR`, `SELECT`, `MULTI`
/// without its `EXEC` in the same batch, and commands that wait, such as `BLPOP`, are not for a shared connection.
public struct Command: Sendable, Hashable {
    /// The name and what follows it.
    public let arguments: [[UInt8]]

    /// A command of any bytes; the first element is its name.
    public init(_ arguments: [[UInt8]]) { self.arguments = arguments }

    /// `GET`: the value of a key, or null.
    public static func get(_ key: String) -> Command { ["GET", key] }

    /// `SET` with `PX`: a value that is gone after `expiry`, which is rounded up to whole milliseconds, at least one.
    public static func set(_ key: String, _ value: [UInt8], expiry: Duration) -> Command {
        let fields = ["SET", key].map { Array($0.utf8) }
        return Command(fields + [value, Array("PX".utf8), Array(String(max(1, expiry.millisecondsRoundedUp)).utf8)])
    }

    /// `DEL`: removes keys; the reply is how many there were.
    public static func del(_ keys: String...) -> Command { del(keys) }

    /// `DEL`: removes keys; the reply is how many there were.
    public static func del(_ keys: [String]) -> Command { Command((["DEL"] + keys).map { Array($0.utf8) }) }

    /// `PING`: the reply is `PONG`.
    public static let ping: Command = ["PING"]

    /// The name in capitals, for messages.
    var name: String {
        guard let first = arguments.first, !first.isEmpty, first.count <= 32,
            first.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) })
        else { return "command" }
        return String(decoding: first, as: UTF8.self).uppercased()
    }
}

extension Command: ExpressibleByArrayLiteral {
    /// A command of texts, sent as UTF-8.
    public init(arrayLiteral elements: String...) { self.init(elements.map { Array($0.utf8) }) }
}

extension Command: CustomStringConvertible, CustomReflectable {
    /// The name and how many arguments follow, not what they are.
    public var description: String { "\(name) (\(max(0, arguments.count - 1)) arguments)" }

    /// Without the arguments, which a dump would show.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension [Command] {
    /// What a batch is called in messages.
    var operation: String { count == 1 ? self[0].name : "batch of \(count)" }
}
