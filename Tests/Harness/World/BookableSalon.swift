public import Calendars
public import Foundation
public import Reservations
public import Salons
public import Scheduling
public import Tenancy

/// A salon with services and with people who work on every day of the week.
public struct BookableSalon: Sendable {
    /// Which salon it is.
    public let id: SalonID
    /// The database that it is in.
    public let store: Store
    /// Its tenant's.
    public let scope: TenantScope
    /// Edits its calendar.
    public let editor: CalendarEditor
    /// Blocks its people's time.
    public let blocks: TimeBlocks
    /// Its time zone.
    public let zone: TimeZone
    /// 30 minutes for 349.00 DKK, done by everyone.
    public let cut = ServiceID(UUID())
    /// 60 minutes with 15 after it, done by the first two; only where the plan's menu has it.
    public let colour = ServiceID(UUID())
    /// Who works there.
    public let people: [StaffID]
    private let plan: SalonPlan

    /// The first of its people.
    public var anna: StaffID { people[0] }
    /// The second.
    public var bo: StaffID { people[1] }
    /// The third.
    public var carl: StaffID { people[2] }

    /// Makes one as planned.
    public init(in store: Store, of scope: TenantScope, _ plan: SalonPlan = SalonPlan()) async throws {
        self.store = store
        self.scope = scope
        self.plan = plan
        zone = plan.zone
        id = try await store.salon(plan.profile(), of: scope)
        editor = CalendarEditor(store.database, scope: scope)
        blocks = TimeBlocks(store.database, scope: scope)
        people = (0..<plan.people).map { _ in StaffID(UUID()) }
        try await editor.open(
            id, isClosedOnHolidays: plan.isClosedOnHolidays, cancellationWindow: plan.cancellationWindow)
        try await furnish()
    }

    private func furnish() async throws {
        try await editor.put(
            SalonService(
                id: cut, name: "Klip", category: .haircut, duration: 30, price: Price(amount: 34_900, currency: "DKK"),
                minimumNotice: plan.minimumNotice), in: id)
        if plan.menu == .cutAndColour {
            try await editor.put(
                SalonService(id: colour, name: "Farve", category: .colour, duration: 60, bufferAfter: 15), in: id,
                sortOrder: 1)
        }
        for (number, person) in people.enumerated() {
            let isColourist = plan.menu == .cutAndColour && number < 2
            try await editor.put(
                Self.member(person, isColourist ? [cut, colour] : [cut], number: number, hours: plan.hours), in: id,
                sortOrder: number)
        }
    }

    /// Somebody who does services and works between two hours of every day.
    public static func member(
        _ id: StaffID, _ services: [ServiceID], number: Int = 0, hours: Range<Int> = 9..<17
    ) -> StaffMember {
        member(id, services, number: number, hours: everyDay(from: hours.lowerBound * 60, to: hours.upperBound * 60))
    }

    /// Somebody who does services in working hours of their own.
    public static func member(
        _ id: StaffID, _ services: [ServiceID], number: Int = 0, hours: [WorkingHours]
    ) -> StaffMember {
        let names = ["Anna", "Bo", "Carl"]
        return StaffMember(
            id: id, name: number < names.count ? names[number] : "Person \(number + 1)", epoch: 0,
            skills: Dictionary(uniqueKeysWithValues: services.map { ($0, Skill()) }), hours: hours)
    }

    /// Working hours on every day of the week, in minutes after midnight.
    public static func everyDay(from start: Int, to end: Int) -> [WorkingHours] {
        (1...7).map { WorkingHours(weekday: $0, start: start, end: end) }
    }

    /// A local time some days from now.
    public func at(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> Date {
        TestClock.at(hour, minute, day: day, zone: zone)
    }

    /// A visit of one step.
    public func visit(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: Date) -> Visit {
        Visit(salon: id, steps: [Visit.Step(service: service ?? cut, staff: staff, start: start)])
    }
}
