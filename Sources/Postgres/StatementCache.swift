/// Which statements a connection has prepared, least recently used first to go.
struct StatementCache {
    struct Key: Hashable {
        let text: String
        let types: [UInt32]
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    /// Statements that the server still keeps and nobody wants.
    private var discarded: [String] = []
    let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// The name of a prepared statement, which becomes the most recently used.
    mutating func name(of key: Key) -> String? {
        guard let index = entries.index(forKey: key) else { return nil }
        clock += 1
        entries.values[index].lastUse = clock
        return entries.values[index].name
    }

    /// A name never used before on this connection.
    mutating func nextName() -> String {
        clock += 1
        return "s\(clock)"
    }

    mutating func insert(_ key: Key, name: String) { entries[key] = Entry(name: name, lastUse: clock) }

    mutating func remove(_ key: Key) -> String? { entries.removeValue(forKey: key)?.name }

    /// Takes out the least recently used statement if there is no room for one more. Linear in the capacity, and only
    /// on a miss, which costs a round trip anyway.
    mutating func evictIfFull() -> String? {
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return nil
        }
        return remove(oldest.key)
    }

    /// Takes out a statement, to be deallocated with the next exchange.
    mutating func discard(_ key: Key) {
        if let name = remove(key) { discarded.append(name) }
    }

    /// Discards the least recently used statements until the rest fits.
    mutating func trim() {
        while entries.count > capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            discard(oldest.key)
        }
    }

    /// The names of what was discarded; the caller deallocates them.
    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }
}
