extension Command {
    /// Commands after which replies no longer match commands one to one, or that change what the connection means to
    /// its next user.
    private static let unshareable: Set<String> = [
        "AUTH", "HELLO", "MONITOR", "PSUBSCRIBE", "PSYNC", "PUNSUBSCRIBE", "QUIT", "RESET", "SELECT", "SSUBSCRIBE",
        "SUBSCRIBE", "SUNSUBSCRIBE", "SYNC", "UNSUBSCRIBE", "UNWATCH", "WATCH",
    ]

    /// Refuses what must not run on a connection that others use before and after.
    ///
    /// `MULTI` is allowed where the same commands also end the transaction, for they are sent without a gap.
    static func requireShareable(_ commands: [Command]) throws(RedisError) {
        var isInTransaction = false
        for command in commands {
            guard !command.ends.isEmpty else {
                // Redis answers nothing at all to an empty command.
                throw RedisError(.usage, operation: "send", message: "a command without a name")
            }
            let name = command.word(0)
            switch name {
            case "MULTI": isInTransaction = true
            case "EXEC", "DISCARD": isInTransaction = false
            case _ where unshareable.contains(name), "CLIENT" where command.word(1) == "REPLY":
                throw RedisError(.usage, operation: name, message: "not possible on a shared connection")
            default: break
            }
        }
        if isInTransaction {
            throw RedisError(.usage, operation: "MULTI", message: "the same commands must end the transaction")
        }
    }

    /// The name that a failure of these commands is reported under.
    static func operation(of commands: [Command]) -> String {
        guard commands.count == 1 else { return "pipeline" }
        let name = commands[0].word(0)
        return name.isEmpty ? "command" : name
    }
}
