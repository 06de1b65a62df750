import Crypto
public import Foundation

/// The arithmetic of the audit log: each entry's hash covers the one before it. The database makes the same bytes in
/// `audit_hash` when it appends; verifying is done here, independently of it.
public struct AuditChain: Sendable, Hashable {
    /// How many entries were added.
    public private(set) var count: Int64 = 0
    /// The hash of the last one; of nothing, at first.
    public private(set) var head = Array(SHA256.hash(data: []))

    /// An empty chain.
    public init() {}

    /// One entry.
    public struct Entry: Sendable, Hashable {
        /// Its number, from 1.
        public var n: Int64
        /// The incarnation of the database in which its event was written.
        public var incarnation: Int32
        /// Its event.
        public var event: Int64
        /// Of the event.
        public var kind: String
        /// Of the event.
        public var subject: UUID
        /// Of the event.
        public var revision: Int64?
        /// Of the event, as PostgreSQL spells it.
        public var payload: String?
        /// Of the event, by the database's clock.
        public var writtenAt: Date
        /// What the log says that its hash is.
        public var hash: [UInt8]
    }

    /// What an entry's hash must be if it comes next.
    public func hash(of entry: Entry) -> [UInt8] {
        let micros = (entry.writtenAt.timeIntervalSince1970 * 1_000_000).rounded()
        let lines = [
            "\(entry.n)", "\(entry.incarnation)", "\(entry.event)", entry.kind, entry.subject.uuidString.lowercased(),
            entry.revision.map { "\($0)" } ?? "-", entry.payload ?? "-", "\(Int64(micros))",
        ]
        var hash = SHA256()
        hash.update(data: head)
        hash.update(data: Array(lines.joined(separator: "\n").utf8))
        return Array(hash.finalize())
    }

    /// Adds an entry if it comes next and its hash is right; false otherwise, and nothing is added.
    public mutating func add(_ entry: Entry) -> Bool {
        guard entry.n == count + 1, hash(of: entry) == entry.hash else { return false }
        count = entry.n
        head = entry.hash
        return true
    }
}
