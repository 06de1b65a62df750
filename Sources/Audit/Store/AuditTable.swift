import Events
import Foundation
import Postgres
import Tenancy

/// The rows of the audit log. Tenants read their own; nobody changes any.
struct AuditTable: Sendable {
    let database: ScopedDatabase

    static func append(_ places: [EventPosition], _ connection: isolated Connection) throws {
        let transactions = places.map { TransactionID(rawValue: $0.transaction) }
        try connection.execute("SELECT append_audit(\(transactions), \(places.map(\.id)))")
    }

    /// Where a tenant's chain ends; nil when it has not begun.
    func head(_ scope: TenantScope) async throws -> (n: Int64, hash: [UInt8])? {
        let rows = try await database.readOnce(scope, "SELECT n, hash FROM audit_head")
        guard let (n, hash) = try rows.first?.decode(Int64.self, Bytes.self) else { return nil }
        return (n, hash.bytes)
    }

    /// The next entries of a tenant's chain, in order.
    func entries(after n: Int64, limit: Int, _ scope: TenantScope) async throws -> [AuditChain.Entry] {
        try await database.readOnce(
            scope,
            """
            SELECT n, incarnation, event_id, kind, subject, revision, payload, written_at, hash FROM audit
            WHERE n > \(n) ORDER BY n LIMIT \(limit)
            """
        ).map { row in
            let (n, incarnation, event, kind, subject, revision, payload, writtenAt, hash) = try row.decode(
                Int64.self, Int32.self, Int64.self, String.self, UUID.self, Int64?.self, JSONB?.self, Date.self,
                Bytes.self)
            return AuditChain.Entry(
                n: n, incarnation: incarnation, event: event, kind: kind, subject: subject, revision: revision,
                payload: payload?.text, writtenAt: writtenAt, hash: hash.bytes)
        }
    }
}
