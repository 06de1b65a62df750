extension Client {
    /// The value of a key, or nil. Throws as ``send(_:)`` does, and `server` if the server refused, such as for a key
    /// that holds a list.
    public func get(_ key: some CommandArgument) async throws(RedisError) -> [UInt8]? {
        try await value(of: .get(key)).bytes
    }

    /// The values of several keys in their order, nil where there is none. Throws as ``get(_:)`` does.
    public func mget(_ keys: [some CommandArgument]) async throws(RedisError) -> [[UInt8]?] {
        guard !keys.isEmpty else { return [] }
        return try await value(of: .mget(keys)).elements?.map(\.bytes) ?? []
    }

    /// Stores a value, without end if `expiry` is nil. Throws as ``get(_:)`` does.
    public func set(
        _ key: some CommandArgument, _ value: some CommandArgument, expiry: Duration? = nil
    ) async throws(RedisError) {
        _ = try await self.value(of: .set(key, value, expiry: expiry))
    }

    private func value(of command: Command) async throws(RedisError) -> Reply {
        guard let reply = try await send([command]).first else { return .null }
        if case .error(let message) = reply {
            throw RedisError(.server, operation: Command.operation(of: [command]), message: message)
        }
        return reply
    }
}
