import ArgumentParser
import Reservations
import Scheduling
import Tenancy

/// Forgets customers.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Forget a customer: name and contact go from all of a tenant's bookings.",
        discussion: "The bookings themselves stay, so that nobody's time is double-booked. This cannot be undone.")

    @Option(help: "The tenant whose bookings they are.")
    var tenant: String

    @Option(help: "Everyone with this e-mail address.")
    var email: String?

    @Option(help: "Everyone with this telephone number, in any spelling with the same digits and the same +.")
    var phone: String?

    @Option(help: "Whom this one booking is for, by its identifier.")
    var booking: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard [email, phone, booking].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("name exactly one of --email, --phone and --booking")
        }
    }

    func run() async throws {
        try await withGraph(common) { graph in
            guard let scope = try await graph.scope(tenant: tenant) else { return }
            let count = try await erase(graph.reservations, scope)
            switch count {
            case 0: print("No booking of tenant \(tenant) had this customer.")
            case 1: print("1 booking of tenant \(tenant) no longer says whom it is for.")
            default: print("\(count) bookings of tenant \(tenant) no longer say whom they are for.")
            }
        }
    }

    private func erase(_ reservations: Reservations, _ scope: TenantScope) async throws -> Int {
        if let booking {
            guard let id = BookingID(booking) else { throw CommandError("'\(booking)' is not a booking's identifier") }
            return try await reservations.eraseCustomer(of: id, scope: scope) ? 1 : 0
        }
        do {
            if let email {
                return try await reservations.eraseCustomers(email: try Customer.email(email), scope: scope)
            }
            guard let phone else { return 0 }
            return try await reservations.eraseCustomers(phone: try Customer.phone(phone), scope: scope)
        } catch let fault as Customer.Fault {
            throw CommandError(fault.sentence)
        }
    }
}
