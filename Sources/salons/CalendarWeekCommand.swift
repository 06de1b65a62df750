import ArgumentParser
import Calendars
import Catalogue
import Foundation
import OpeningHours
import Reservations
import Salons
import Scheduling
import Tenancy

/// Draws a person's week.
struct CalendarWeekCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "week", abstract: "Draw a person's week: free, booked, held, blocked and off.",
        discussion: """
            Rows are half hours of the salon's local time. Who the customers are is personal data: --names lists the \
            bookings with them and needs --tenant. Colours only on a terminal, and not with NO_COLOR.
            """)

    @Argument(help: "The person: an identifier, or a part of the name.")
    var staff: String

    @Option(help: "In this salon: an identifier, or a part of its name.")
    var salon: String?

    @Option(help: "The week, such as 2026-W48; this one unless said.")
    var week: String?

    @Option(help: "Of this tenant; all tenants are looked through unless said.")
    var tenant: String?

    @Flag(help: "List the bookings with the customers' names; needs --tenant.")
    var names = false

    @OptionGroup var common: CommonOptions

    private static let shown = 10

    func validate() throws {
        guard !names || tenant != nil else { throw ValidationError("--names needs --tenant") }
        if let week, CalendarWeek(week) == nil {
            throw ValidationError("--week \(week): write a year and one of its weeks, such as 2026-W48")
        }
    }

    func run() async throws {
        try await withGraph(common) { graph in
            let (place, scope) = try await find(graph)
            guard let salon = try await SalonNames(graph.database).salon(place.salon, scope: scope) else {
                throw CommandError("\(place.salonName) is not there any more")
            }
            let zone = try salon.zone
            let time = LocalTime(zone: zone, now: Date())
            let week = week.flatMap { CalendarWeek($0) } ?? CalendarWeek(of: time.today)
            let span = time.midnight(week.monday)..<time.midnight(week.monday + 7)
            let reading = try await graph.calendars.reading(
                of: [place.salon], from: span.lowerBound, to: span.upperBound, scope: scope)
            guard let roster = reading.rosters[place.salon], let member = roster.member(place.id) else {
                throw CommandError("\(place.name) does not work in \(place.salonName) any more")
            }
            let diary = try await TimeBlocks(graph.database, scope: scope)
                .diary(of: place.id, from: span.lowerBound, to: span.upperBound)
            let picture = WeekPicture(
                week: week, zone: zone,
                working: roster.workingTime(of: member, from: span.lowerBound, to: span.upperBound),
                entries: Self.entries(diary, busy: reading.busy[place.id] ?? []), width: Terminal.width,
                hasColour: Terminal.hasColour)
            print("\(place.name.onOneLine) in \(place.salonName.onOneLine), \(week.text)  (\(zone.identifier))\n")
            // The picture has colours, and nothing in it that somebody typed.
            Swift.print(picture.text)
            if names { print("\n" + DiaryListing(diary: diary, roster: roster, time: time).text) }
        }
    }

    /// The one place that is meant. Throws a sentence with the candidates where there are several.
    private func find(_ graph: ServiceGraph) async throws -> (NamedStaff, TenantScope) {
        var scopes: [TenantScope] = []
        if let scope = try await graph.scope(tenant: tenant) {
            scopes = [scope]
        } else {
            for record in try await graph.tenants.list() {
                scopes.append(try await graph.resolver.commandLineScope(tenant: record.slug))
            }
        }
        var found: [(NamedStaff, TenantScope)] = []
        for scope in scopes where found.count <= Self.shown {
            found += try await StaffNames(graph.database)
                .staff(named: staff, salon: salon, scope: scope, limit: Self.shown + 1).map { ($0, scope) }
        }
        let exact = NamePick.matches(staff, found) { $0.0.name }
        if StaffID(staff) == nil, !exact.isEmpty { found = exact }
        guard let first = found.first else {
            let place = salon.map { " in a salon '\($0)'" } ?? ""
            throw CommandError("nobody called '\(staff)' works\(place)\(tenant.map { " for tenant \($0)" } ?? "")")
        }
        guard found.count == 1 else {
            throw CommandError(
                NamePick.several(
                    staff, of: "people (--salon narrows it down)",
                    found.prefix(Self.shown).map { "\($0.0.id)  \($0.0.name), \($0.0.salonName)" },
                    hasMore: found.count > Self.shown))
        }
        return first
    }

    /// What is in the tenant's own diary, and what else takes the person's time.
    private static func entries(_ diary: [DiaryEntry], busy: [Range<Date>]) -> [WeekPicture.Entry] {
        let own = diary.map { entry in
            let state: WeekPicture.State =
                switch entry.kind {
                case "booking": .booked
                case "hold": .held
                case "block": .blocked
                default: .timeOff
                }
            return WeekPicture.Entry(state: state, during: entry.during)
        }
        // One person's times do not overlap, so a time that is not in the diary is another tenant's.
        let known = Set(diary.map(\.during))
        return own + busy.filter { !known.contains($0) }.map { WeekPicture.Entry(state: .elsewhere, during: $0) }
    }
}
