import Calendars
import Foundation
import HTTPKit
import Logging
import Salons
import Scheduling
import Tenancy

extension BookingAPI {
    /// Reads from calendars; a fault is told as one of the service.
    func reading<R: Sendable>(_ logger: Logger, _ work: () async throws -> R) async throws -> R {
        do {
            return try await work()
        } catch {
            if error is CancellationError || Task.isCancelled { throw error }
            logger.error("a calendar could not be read", metadata: ["error": "\(error)"])
            throw Problem(.unavailable)
        }
    }

    /// The calendar of one salon, if the scope may see it.
    func roster(of salon: SalonID, _ call: Call<TenantScope>) async throws -> Roster {
        let rosters = try await reading(call.logger) { try await calendars.rosters(of: [salon], scope: call.scope) }
        return try Self.visible(rosters[salon], call.scope)
    }

    /// The database shows a scope what it may see; that a tenant's is its own is looked at once more.
    static func isVisible(_ roster: Roster, _ scope: TenantScope) -> Bool {
        scope.tenant == nil || scope.tenant == roster.tenant
    }

    static func visible(_ roster: Roster?, _ scope: TenantScope) throws(Problem) -> Roster {
        guard let roster, isVisible(roster, scope) else {
            throw Problem(
                .unknownSalon,
                "there is no such salon, or it has no calendar yet: `salons calendar apply` gives it one")
        }
        return roster
    }
}
