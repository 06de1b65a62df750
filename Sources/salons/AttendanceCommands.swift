import ArgumentParser
import Reservations

/// Says that a customer was there.
struct CompleteBookingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: "Say that a booking's customer was there.",
        discussion: AttendanceOptions.discussion)

    @OptionGroup var attendance: AttendanceOptions

    func run() async throws {
        try await attendance.mark(wasThere: true)
    }
}

/// Says that a customer was not there.
struct NoShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "no-show", abstract: "Say that a booking's customer was not there.",
        discussion: AttendanceOptions.discussion)

    @OptionGroup var attendance: AttendanceOptions

    func run() async throws {
        try await attendance.mark(wasThere: false)
    }
}

/// Which booking, and who says so.
struct AttendanceOptions: ParsableArguments {
    static let discussion = """
        The salon's to say (--tenant), from the booking's begin until \(Reservations.attendanceDays) days after its end. \
        Within that time the other command corrects it.
        """

    @Argument(help: "The booking's identifier.")
    var id: String

    @OptionGroup var request: RequestOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard request.tenant != nil else { throw ValidationError("say which salon says so, with --tenant") }
    }

    func mark(wasThere: Bool) async throws {
        try await withGraph(common) { graph in
            let desk = try await BookingDesk(graph, booking: id, tenant: request.tenant)
            let outcome = try await desk.reservations.markAttendance(
                of: desk.id, wasThere: wasThere, version: desk.booking.version, scope: desk.scope,
                key: try request.idempotencyKey)
            try desk.listing.report(outcome)
        }
    }
}
