import Harness
import Interface
import Synchronization
import Tenancy

/// Holds every request until it is told to let go, or until the request is cancelled.
final class HeldResolver: ScopeResolving {
    private let isOpen = Atomic(false)
    private let held = Tally()

    /// Requests that are held now.
    var count: Int { held.value }

    /// Lets all go, and those that come later.
    func release() {
        isOpen.store(true, ordering: .relaxed)
    }

    func scope(publishableKey: String, origin: String?) async throws -> TenantScope {
        try await scope(host: "")
    }

    func scope(host: String) async throws -> TenantScope {
        held.add(1)
        defer { held.add(-1) }
        while !isOpen.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
        return .marketplace
    }

    func isMarketplace(host: String?) -> Bool { false }
}
