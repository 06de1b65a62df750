import Salons
import Synchronization

/// Numbers tenants from 0 on. A number, once given, stays.
final class TenantTable: Sendable {
    private struct Content {
        var tenants: [TenantID] = []
        var numbers: [TenantID: UInt32] = [:]
        var last: (tenant: TenantID, number: UInt32)?
    }

    private let content = Mutex(Content())

    var count: Int { content.withLock { $0.tenants.count } }

    /// The tenant's number, given now if it has none. Rows come grouped by tenant often enough to remember the last.
    func number(of tenant: TenantID) -> UInt32 {
        content.withLock { content in
            if let last = content.last, last.tenant == tenant { return last.number }
            let number =
                content.numbers[tenant]
                ?? {
                    let number = UInt32(content.tenants.count)
                    content.tenants.append(tenant)
                    content.numbers[tenant] = number
                    return number
                }()
            content.last = (tenant, number)
            return number
        }
    }

    /// The tenant's number; nil for one that never had a published salon.
    func existingNumber(of tenant: TenantID) -> UInt32? { content.withLock { $0.numbers[tenant] } }

    func tenant(_ number: UInt32) -> TenantID { content.withLock { $0.tenants[Int(number)] } }
}
