import Foundation
public import Tenancy

/// The audit log as a reader sees it.
public struct AuditLog: Sendable {
    /// What verifying a tenant's chain has come to.
    public struct Verdict: Sendable, Hashable {
        /// Entries that are as they were written, from the first.
        public let count: Int64
        /// The hash of the last of them; whoever writes it down elsewhere can tell later whether anything before it was
        /// changed, by whomever.
        public let head: [UInt8]
        /// What is wrong behind them; nil when nothing is.
        public let fault: String?
    }

    private let table: AuditTable

    /// Reads from this database.
    public init(_ database: ScopedDatabase) {
        table = AuditTable(database: database)
    }

    /// Recomputes the chain of a scope's tenant from its first entry.
    /// - Parameter mark: an entry that must be there, from outside of the database.
    public func verify(
        _ scope: TenantScope, expecting mark: AuditMark? = nil, pageLimit: Int = 2_000
    ) async throws -> Verdict {
        var chain = AuditChain()
        // Read first: entries that come meanwhile are beyond it.
        let head = try await table.head(scope)
        while chain.count < head?.n ?? .max {
            let entries = try await table.entries(after: chain.count, limit: pageLimit, scope)
            for entry in entries where chain.count < head?.n ?? .max {
                if !chain.add(entry) {
                    return Verdict(count: chain.count, head: chain.head, fault: fault(at: entry, chain))
                }
                if let mark, mark.n == entry.n, mark.hash != entry.hash {
                    return Verdict(
                        count: chain.count, head: chain.head,
                        fault: "entry \(entry.n) is not the one that was there before: the log was written anew")
                }
            }
            if entries.isEmpty { break }
        }
        var fault: String?
        if chain.count != head?.n ?? 0 {
            fault = "the log ends after \(chain.count) entries, and there were \(head?.n ?? 0)"
        } else if let head, head.hash != chain.head {
            fault = "the last entry is not the one that was written last"
        }
        if let mark, chain.count < mark.n, fault == nil {
            fault = "the log ends after \(chain.count) entries, and entry \(mark.n) was there before"
        }
        return Verdict(count: chain.count, head: chain.head, fault: fault)
    }

    private func fault(at entry: AuditChain.Entry, _ chain: AuditChain) -> String {
        entry.n == chain.count + 1
            ? "entry \(entry.n) was changed, or one before it" : "entry \(chain.count + 1) is missing"
    }
}
