import Foundation
import Postgres
import Salons
import Scheduling
import Tenancy

extension Calls {
    /// What a request with this key was answered before; nil when there was none, or its answer was a refusal.
    func replay(_ request: KeyedRequest, _ scope: TenantScope) async throws(ReservationError) -> Outcome? {
        let rows: Rows = try await repeating {
            try await database.readOnce(
                scope,
                """
                SELECT fingerprint = substr(\(Bytes(request.fingerprint)), 1, 16), answer
                FROM idempotency WHERE key = \(request.key.text)
                """)
        }
        guard let row = rows.first else { return nil }
        let isSame: Bool
        let document: JSONB?
        do {
            (isSame, document) = try row.decode(Bool.self, JSONB?.self)
        } catch {
            throw .failed("\(error)")
        }
        guard let document else { return nil }
        guard isSame else { return .refused(.keyReused) }
        let answer = try Answer(document.bytes)
        return answer.outcome == .done ? .done(answer.bookings, isReplay: true) : nil
    }

    /// A booking as it now is; nil when this tenant has none of this identifier.
    func booking(_ id: BookingID, scope: TenantScope) async throws(ReservationError) -> Booking? {
        let rows: Rows = try await repeating {
            try await database.readOnce(scope, "SELECT describe_bookings(\([id.rawValue]))")
        }
        let items: JSONB?
        do {
            let found = try rows[0].decode(JSONB?.self)
            items = found
        } catch {
            throw .failed("\(error)")
        }
        return try items.map { items throws(ReservationError) in try Answer.bookings(items.bytes) }?.first
    }

    /// Deletes what is kept under keys for longer than is worth it, in small transactions; how many they were. Refusals
    /// that a long standstill has left go with the others, so that a run looks at no more than it deletes.
    func forgetKeys(olderThan age: Duration, refusals: Duration) async throws -> Int {
        let (age, refusal) = (age / .seconds(1), refusals / .seconds(1))
        let old: SQL = "created_at < clock_timestamp() - make_interval(secs => \(age))"
        let refused: SQL = """
            is_refusal AND created_at < clock_timestamp() - make_interval(secs => \(refusal))
                AND created_at > clock_timestamp() - make_interval(secs => \(3 * refusal))
            """
        return try await forgetKeys(where: old) + forgetKeys(where: refused)
    }

    private func forgetKeys(where condition: SQL) async throws -> Int {
        let batch = 2_000
        var total = 0
        while true {
            let count = try await database.platformOnce(
                .administration(),
                """
                DELETE FROM idempotency WHERE (tenant_id, key) IN (
                    SELECT tenant_id, key FROM idempotency WHERE \(condition) ORDER BY created_at LIMIT \(batch))
                """
            ).affected
            total += count
            if count < batch { return total }
        }
    }

    /// Whose personal data is to be forgotten.
    enum Erasure {
        case booking(BookingID)
        case email(String)
        case phone(String)

        fileprivate var condition: SQL {
            switch self {
            case .booking(let id): "booking_id = \(id.rawValue)"
            case .email(let email): "customer_email = \(email)"
            case .phone(let phone): "customer_phone = \(phone)"
            }
        }
    }

    /// Removes a customer's personal data from bookings; how many bookings that were.
    func erase(_ erasure: Erasure, scope: TenantScope) async throws(ReservationError) -> Int {
        try await repeating {
            try await database.writeOnce(
                scope,
                """
                UPDATE booking SET customer_name = NULL, customer_email = NULL, customer_phone = NULL
                WHERE tenant_id = current_tenant() AND \(erasure.condition)
                    AND (customer_name IS NOT NULL OR customer_email IS NOT NULL OR customer_phone IS NOT NULL)
                """
            ).affected
        }
    }
}
