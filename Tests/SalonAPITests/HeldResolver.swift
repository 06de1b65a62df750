import SalonAPI
import Synchronization
import Tenancy

/// Holds every request until it is told to let go, deaf to cancellation as a blocked library is.
final class HeldResolver: ScopeResolving {
    private struct State {
        var isOpen = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Requests that are held now.
    var count: Int { state.withLock { $0.held.count } }

    /// Lets all go, and those that come later.
    func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isOpen = true
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func scope(publishableKey: String, origin: String?) async throws -> TenantScope {
        try await scope(host: "")
    }

    func scope(host: String) async throws -> TenantScope {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.held.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        return .marketplace
    }

    func isMarketplace(host: String?) -> Bool { false }
}
