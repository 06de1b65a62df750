import Foundation
import Geodesy
import OpeningHours
import Salons
import Scheduling
import Testing

@testable import DemoData

struct `Invented calendars` {
    static let generator = DemoCalendarGenerator(seed: 1)
    /// A Monday.
    static let day = CivilDay(year: 2026, month: 11, day: 23)

    static func salon(_ number: Int, _ profile: SalonProfile) -> Salon {
        Salon(
            id: SalonID(
                DemoStreams.identifier(
                    seed: 99, salon: SalonID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
                    purpose: .salon,
                    number: number)),
            tenant: TenantID(UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
            tenantSlug: TenantSlug("opdigtet-kaede-1")!, profile: profile)
    }

    static func salons(_ count: Int, style: DemoGenerator.Style = .denmark) -> [Salon] {
        DemoGenerator(seed: 7, count: count, style: style).enumerated().map { salon($0.offset, $0.element) }
    }

    static func made(_ salon: Salon, from day: CivilDay = day) -> (roster: Roster, diary: DemoDiary) {
        let roster = generator.roster(for: salon, from: day)
        return (roster, generator.diary(of: roster, reference: salon.profile.source, from: day))
    }

    /// In the weeks of both clock changes, before Christmas, and in an ordinary one.
    static let days = [
        day, CivilDay(year: 2026, month: 10, day: 20), CivilDay(year: 2026, month: 3, day: 24),
        CivilDay(year: 2026, month: 12, day: 17),
    ]

    @Test(arguments: days)
    func `keep every rule that a booking is held to`(day: CivilDay) throws {
        for salon in Self.salons(60) + Self.salons(40, style: .europe) {
            let (roster, diary) = Self.made(salon, from: day)
            for booking in diary.bookings {
                let step = booking.step
                let service = try #require(roster.service(step.service))
                // As late as the salon's notice allows.
                let now = step.start - Double(service.minimumNotice * 60)
                #expect(
                    roster.check(step.service, by: step.staff, at: step.start, now: now) == .success(step),
                    "\(salon.profile.source.reference) \(step.start)")
                #expect(booking.customer.hasPrefix("Demo kunde "))
            }
        }
    }

    @Test(arguments: days)
    func `never take a person twice`(day: CivilDay) {
        for salon in Self.salons(80) {
            let diary = Self.made(salon, from: day).diary
            let taken =
                diary.bookings.map { ($0.step.staff, $0.step.occupied) } + diary.absences.map { ($0.staff, $0.during) }
            for (staff, ranges) in Dictionary(grouping: taken, by: \.0) {
                let ordered = ranges.map(\.1).sorted { $0.lowerBound < $1.lowerBound }
                for (one, next) in zip(ordered, ordered.dropFirst()) {
                    #expect(one.upperBound <= next.lowerBound, "\(salon.profile.source.reference) \(staff)")
                }
            }
        }
    }

    @Test func `have rosters that keep their own rules`() throws {
        for salon in Self.salons(300) + Self.salons(100, style: .europe) {
            let roster = Self.generator.roster(for: salon, from: Self.day)
            #expect(!roster.services.isEmpty && (1...6).contains(roster.staff.count))
            for service in roster.services {
                try service.validate()
                #expect(roster.staff.contains { $0.skills[service.id] != nil }, "\(service.name)")
            }
            for member in roster.staff {
                try member.validate()
                #expect(member.name.hasSuffix(" Demo") && !member.skills.isEmpty && !member.hours.isEmpty)
                // No two parts of one day overlap, and nobody works over ten hours of one.
                for (_, parts) in Dictionary(grouping: member.hours, by: \.weekday) {
                    let ordered = parts.sorted { $0.start < $1.start }
                    #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0.end <= $1.start })
                    #expect(parts.reduce(0) { $0 + $1.end - $1.start } <= 600)
                }
            }
            for exception in roster.exceptions { try exception.validate() }
            #expect(Set(roster.staff.map(\.name)).count == roster.staff.count)
        }
    }

    @Test func `lie within the opening hours, so that nobody has hours that count for nothing`() {
        for salon in Self.salons(300) where salon.profile.openingHours != nil {
            let roster = Self.generator.roster(for: salon, from: Self.day)
            let start = Date(timeIntervalSince1970: Double(Self.day.number) * 86_400)
            for member in roster.staff where roster.exceptions.isEmpty {
                let worked = roster.workingTime(of: member, from: start, to: start + 7 * 86_400)
                    .reduce(0) { $0 + $1.upperBound.timeIntervalSince($1.lowerBound) }
                let pattern = member.hours.reduce(0) { $0 + $1.end - $1.start }
                // A night from the Sunday before, and the hours of UTC at the ends of the week.
                #expect(abs(worked / 60 - Double(pattern)) <= 540, "\(salon.profile.openingHours ?? "")")
            }
        }
    }

    @Test func `are the same for the same seed and day, whatever identifier the salon has`() {
        for salon in Self.salons(50) {
            let (first, second) = (Self.made(salon), Self.made(salon))
            #expect(first.diary == second.diary)
            #expect(first.roster.staff == second.roster.staff && first.roster.services == second.roster.services)
            let elsewhere = Salon(
                id: SalonID(UUID()), tenant: salon.tenant, tenantSlug: salon.tenantSlug, profile: salon.profile)
            let there = Self.made(elsewhere)
            #expect(there.roster.staff.map(\.name) == first.roster.staff.map(\.name))
            #expect(there.diary.bookings.map(\.customer) == first.diary.bookings.map(\.customer))
            #expect(there.diary.bookings.map(\.step.start) == first.diary.bookings.map(\.step.start))
            // Nobody works in two salons.
            #expect(Set(there.roster.staff.map(\.id)).isDisjoint(with: first.roster.staff.map(\.id)))
        }
    }

    @Test func `differ between seeds`() {
        let other = DemoCalendarGenerator(seed: 2)
        let salons = Self.salons(50)
        let same = salons.count { salon in
            let roster = other.roster(for: salon, from: Self.day)
            return roster.staff.map(\.name) == Self.made(salon).roster.staff.map(\.name)
        }
        #expect(same < 5)
    }

    @Test func `cost kroner in Denmark and euros elsewhere`() {
        var profile = Self.salons(1)[0].profile
        profile.categories = CategorySet([.hair])
        #expect(Set(Self.made(Self.salon(0, profile)).roster.services.map(\.price?.currency)) == ["DKK"])
        profile.address.country = "FI"
        let finnish = Self.made(Self.salon(0, profile)).roster.services
        #expect(Set(finnish.map(\.price?.currency)) == ["EUR"])
        #expect(finnish.first?.name == "Haircut" && (3_000...15_000).contains(finnish.first?.price?.amount ?? 0))
    }
}
