/// What can stand as a key or a value: text, sent as UTF-8, or bytes.
public protocol CommandArgument {
    /// What is sent.
    var argumentBytes: [UInt8] { get }
}

extension String: CommandArgument {
    /// The string in UTF-8.
    public var argumentBytes: [UInt8] { Array(utf8) }
}

extension [UInt8]: CommandArgument {
    /// The bytes themselves.
    public var argumentBytes: [UInt8] { self }
}

extension Command {
    /// Asks for a sign of life; answered with the status `PONG`.
    public static var ping: Command { Command("PING", []) }

    /// Reads a value; answered with its bytes or null.
    public static func get(_ key: some CommandArgument) -> Command {
        Command("GET", [key.argumentBytes])
    }

    /// Reads the values of several keys; answered with an array of the same length, null where there is none.
    public static func mget(_ keys: [some CommandArgument]) -> Command {
        Command("MGET", keys.map(\.argumentBytes))
    }

    /// Stores a value, without end if `expiry` is nil, else for that long: whole milliseconds, rounded up, at least 1.
    public static func set(
        _ key: some CommandArgument, _ value: some CommandArgument, expiry: Duration? = nil
    ) -> Command {
        var arguments = [key.argumentBytes, value.argumentBytes]
        if let expiry {
            arguments += [Array("PX".utf8), Array(String(max(1, expiry.wholeMilliseconds)).utf8)]
        }
        return Command("SET", arguments)
    }

    /// Removes keys; answered with how many there were.
    public static func del(_ keys: [some CommandArgument]) -> Command {
        Command("DEL", keys.map(\.argumentBytes))
    }

    /// Removes a key; answered with 1, or 0 if there was none.
    public static func del(_ key: some CommandArgument) -> Command {
        del([key])
    }
}
