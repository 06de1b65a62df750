import ArgumentParser
import Catalogue
import Foundation
import Reservations
import Scheduling
import Tenancy

/// Makes, moves and ends bookings.
struct BookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book", abstract: "Book a salon, and confirm, move, cancel, complete or show a booking.",
        discussion: """
            `salons book SALON ...` is short for `salons book make SALON ...`. With --tenant you act as the salon: salons of \
            its own that are not published can be booked, and its cancellation window does not hold. Without it you act as a customer: published \
            salons can be booked, and whoever knows a booking's identifier may change it. A repeated command with the \
            same --key has one effect.
            """,
        subcommands: [
            Make.self, Confirm.self, Move.self, Cancel.self, CompleteBookingCommand.self, NoShowCommand.self, Show.self,
        ], defaultSubcommand: Make.self)

    /// Books, or holds.
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Book a service, or hold it for a few minutes.")

        @Argument(help: "The salon: its identifier, or a part of its name.")
        var salon: String

        @Option(help: "The service: its name or a part of it, or its identifier.")
        var service: String

        @Option(help: "By this person; without it by whoever can and is least busy.")
        var staff: String?

        @Option(help: "When it begins, in the salon's time: 15:30, 'tomorrow 10:00', 2026-11-24T15:30, or RFC 3339.")
        var at: String

        @Flag(help: "Only hold it, for --minutes; no name or contact is needed.")
        var hold = false

        @Option(help: "How long a hold lasts, 1 to 60.")
        var minutes = 5

        @OptionGroup var customer: CustomerOptions
        @OptionGroup var request: RequestOptions
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (1...60).contains(minutes) else { throw ValidationError("--minutes must be from 1 to 60") }
            guard hold || customer.name != nil else {
                throw ValidationError("say whom it is for with --name and --email or --phone, or --hold it")
            }
        }

        func run() async throws {
            try await withGraph(common) { graph in
                let picker = try await SalonPicker(graph, tenant: request.tenant)
                let salon = try await picker.salon(salon)
                let roster = try await picker.roster(of: salon)
                let time = LocalTime(zone: try salon.zone, now: Date())
                let step = Visit.Step(
                    service: try roster.theService(named: service).id,
                    staff: try staff.map { text throws(CommandError) in try roster.member(named: text).id },
                    start: try time.instant(at, option: "--at"))
                let visit = Visit(salon: salon.id, steps: [step])
                // A customer without a credential books where the salon is published.
                let own = picker.scope.tenant == nil ? nil : picker.scope
                var scope = own
                if scope == nil { scope = try await graph.reservations.scope(forBookingIn: salon.id) }
                guard let scope else { throw CommandError("\(salon.name) is not published any more") }
                let key = try request.idempotencyKey
                let outcome =
                    hold
                    ? try await graph.reservations.hold(
                        visit, lasting: .seconds(minutes * 60), scope: scope, key: key)
                    : try await graph.reservations.book(visit, customer: try customer.customer, scope: scope, key: key)
                try BookingListing(roster: roster, salon: salon.name, time: time).report(outcome)
            }
        }
    }

    /// Makes a booking of a hold.
    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Make a booking of a hold.")

        @Argument(help: "The hold's identifier.")
        var id: String

        @OptionGroup var customer: CustomerOptions
        @OptionGroup var request: RequestOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await request.change(id, common) { desk, scope in
                try await desk.reservations.confirm(
                    desk.id, customer: try customer.customer, scope: scope, key: try request.idempotencyKey)
            }
        }
    }

    /// Moves a booking.
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "move", abstract: "Move a booking of one service to another time or person.")

        @Argument(help: "The booking's identifier.")
        var id: String

        @Option(help: "When it is to begin, in the salon's time; as it does now, unless said.")
        var at: String?

        @Option(help: "By this person from now on, or 'any' for whoever can and is least busy; the same, unless said.")
        var staff: String?

        @OptionGroup var request: RequestOptions
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard at != nil || staff != nil else { throw ValidationError("say where to with --at or --staff") }
        }

        func run() async throws {
            try await request.change(id, common) { desk, scope in
                guard desk.booking.steps.count == 1 else {
                    throw CommandError("the booking has \(desk.booking.steps.count) steps; only one can be moved here")
                }
                guard let roster = desk.listing.roster else {
                    throw CommandError("the salon has no calendar any more")
                }
                let move = Reservations.Move(
                    staff: try person(roster, now: desk.booking.steps[0].staff),
                    start: try at.map { text throws(CommandError) in
                        try desk.listing.time.instant(text, option: "--at")
                    } ?? desk.booking.start)
                return try await desk.reservations.reschedule(
                    desk.id, to: [move], version: nil, scope: scope,
                    key: try request.idempotencyKey)
            }
        }

        private func person(_ roster: Roster, now: StaffID) throws(CommandError) -> StaffID? {
            guard let staff else { return now }
            return staff == "any" ? nil : try roster.member(named: staff).id
        }
    }

    /// Gives a booking's time back.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel a booking, or let a hold go.")

        @Argument(help: "The booking's identifier.")
        var id: String

        @OptionGroup var request: RequestOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await request.change(id, common) { desk, scope in
                try await desk.reservations.cancel(
                    desk.id, scope: scope, key: try request.idempotencyKey)
            }
        }
    }

    /// Says where a booking stands.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Say where a booking stands, without whom it is for.")

        @Argument(help: "The booking's identifier.")
        var id: String

        @Option(help: "Only if it is this tenant's.")
        var tenant: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                let desk = try await BookingDesk(graph, booking: id, tenant: tenant)
                print(desk.listing.text(desk.booking))
            }
        }
    }
}
