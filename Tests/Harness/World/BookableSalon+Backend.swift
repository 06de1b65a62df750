import Directory
import Geodesy
import Salons
import Synchronization
import Tenancy

/// A bookable salon among the invented ones of a backend.
extension BookableSalon {
    /// Makes one in a tenant, and waits until the directory knows it.
    public init(in backend: Backend, tenant: String = Backend.slugs[0], _ plan: SalonPlan = .lateOpening) async throws {
        try await self.init(in: backend.store, of: try await backend.store.scope(tenant), plan)
        let id = id
        try await eventually { try backend.directory.salon(id) != nil }
    }

    private static let stageTask = Mutex<Task<(Backend, Door), any Error>?>(nil)

    /// A new one behind a door that only tests of reservations share: salons that come would change what other tests
    /// see.
    public static func new(
        tenant: String = Backend.slugs[0], _ plan: SalonPlan = .lateOpening
    ) async throws -> (BookableSalon, Door) {
        let (backend, door) = try await stage()
        return (try await BookableSalon(in: backend, tenant: tenant, plan), door)
    }

    /// The backend and the door of `new`.
    public static func stage() async throws -> (Backend, Door) {
        let task = stageTask.withLock { task in
            if let task { return task }
            let made = Task {
                let backend = try await Backend.own()
                return (backend, try await Door.open(backend))
            }
            task = made
            return made
        }
        return try await task.value
    }

    private static let untouchedTask = Mutex<Task<(BookableSalon, Door), any Error>?>(nil)

    /// One for all tests that take no time of it.
    public static func untouched() async throws -> (BookableSalon, Door) {
        let task = untouchedTask.withLock { task in
            if let task { return task }
            let made = Task { try await new() }
            task = made
            return made
        }
        return try await task.value
    }
}

extension SalonPlan {
    /// In the middle of Jutland, where no invented salon is near, and open from 06:00 to 22:00.
    public static let lateOpening = SalonPlan.lateOpening { _ in }

    /// As `lateOpening`, but for what a closure changes.
    public static func lateOpening(_ change: (inout SalonPlan) -> Void) -> SalonPlan {
        .with {
            $0.location = Coordinate(uncheckedLatitude: 56.5, longitude: 9.5)
            $0.hours = 6..<22
            change(&$0)
        }
    }
}
