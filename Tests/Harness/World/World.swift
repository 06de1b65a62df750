public import Calendars
public import Foundation
public import Reservations
public import Salons
public import Scheduling
public import Tenancy

/// A tenant with bookable salons in a migrated database of the test's own.
public struct World: Sendable {
    /// The database.
    public let store: Store
    /// The tenant's.
    public let scope: TenantScope
    /// The salons that can be booked.
    public private(set) var bookable: [BookableSalon] = []
    /// The only writer of bookings.
    public let reservations: Reservations
    private let plan: SalonPlan

    /// As the service reaches the database.
    public var database: ScopedDatabase { store.database }
    /// Reaches the database as the owner of its schema, a superuser.
    public var ownerURL: String { store.ownerURL }
    /// Edits the calendars of the tenant's salons.
    public var editor: CalendarEditor { CalendarEditor(database, scope: scope) }
    /// Blocks time of the people of the tenant's salons.
    public var blocks: TimeBlocks { TimeBlocks(database, scope: scope) }
    /// Which salons they are.
    public var salons: [SalonID] { bookable.map(\.id) }
    /// The first salon.
    public var salon: SalonID { bookable[0].id }
    /// What the first salon offers.
    public var cut: ServiceID { bookable[0].cut }
    /// What the first salon offers, if its plan says so.
    public var colour: ServiceID { bookable[0].colour }
    /// The first person of the first salon.
    public var anna: StaffID { bookable[0].anna }
    /// The second.
    public var bo: StaffID { bookable[0].bo }
    /// The third.
    public var carl: StaffID { bookable[0].carl }

    /// Salons of one plan, in a copy of the migrated template or in a database that is migrated already.
    public init(_ plan: SalonPlan = SalonPlan(), salons count: Int = 1, at ownerURL: String? = nil) async throws {
        let store =
            if let ownerURL { try Store(ownerURL: ownerURL, poolSize: 16) } else {
                try await Store.migrated(poolSize: 16)
            }
        try await self.init(store, tenant: "first", plan, salons: count)
    }

    private init(_ store: Store, tenant: String, _ plan: SalonPlan, salons count: Int) async throws {
        self.store = store
        self.plan = plan
        scope = try await store.tenant(tenant)
        reservations = Reservations(store.database, logger: .silent)
        for _ in 0..<count {
            bookable.append(try await BookableSalon(in: store, of: scope, plan))
        }
    }

    /// Another tenant in the same database, with salons of the same plan.
    public func neighbour(salons count: Int = 1) async throws -> World {
        try await World(Store(ownerURL: ownerURL, poolSize: 16), tenant: "second", plan, salons: count)
    }

    /// A visit of one step to the first salon.
    public func visit(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: Date) -> Visit {
        bookable[0].visit(service, by: staff, at: start)
    }

    /// Books, under a key of its own unless one is given.
    public func book(
        _ visit: Visit, key: IdempotencyKey = .fresh(), customer: Customer? = nil
    ) async throws -> Outcome {
        try await reservations.book(visit, customer: try customer ?? Self.customer(), scope: scope, key: key)
    }

    /// Who books.
    public static func customer(_ name: String = "Kunde") throws -> Customer {
        try Customer(name: name, email: "kunde@example.com", phone: nil)
    }
}
