import ServiceLifecycle
import Tenancy
import Timing

/// Renews what this instance knows of credentials every second, so that a new host name is heard soon and no request
/// waits for it.
struct CredentialRenewal: Service {
    let resolver: CredentialResolver

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await resolver.renew()
                try? await Pause.sleep(for: .seconds(1))
            }
        }
    }
}
