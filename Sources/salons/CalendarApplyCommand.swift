import ArgumentParser
import CalendarFiles
import Calendars
import Catalogue
import Foundation
import OpeningHours
import Salons
import Scheduling
import Tenancy

/// Makes calendars as a file says.
struct CalendarApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Give salons the services, people, hours and exceptions that a file names.",
        discussion: """
            The file is JSON: {"salons": [{"salon": {"ref": "17"}, "services": [...], "people": [...], \
            "exceptions": [...]}]}. `salons calendar export` writes such a file with every member there is.

            salon        ref (and source), id, or name of a salon that was imported; it must be the tenant's
            settings     closed_on_holidays, cancellation_window_min
            services     ref, name, category, duration_min, buffer_before_min, buffer_after_min, price {amount in \
            minor units, currency} or null, minimum_notice_min, horizon_days, slot_step_min, sort_order
            people       ref, name, services (refs or names, or {service, duration_min, price} where they are the \
            person's own), hours [{days "Mo-Fr", from "09:00", to "17:00", valid_from, valid_to}], sort_order
            exceptions   kind closed or open, first_date, last_date, from, to, person (none: the whole salon)

            A service or a person is found again by ref, else by name. Members that are left out stay as they are; a \
            person's services and hours are whole lists. What the file does not name stays too, unless --prune says \
            otherwise. Bookings are never changed. To apply a file again changes nothing. Each salon is one \
            transaction, and nothing is written when anything in the file is wrong.
            """)

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(help: "Slug of the tenant that the salons belong to.")
    var tenant: String

    @Flag(help: "Show what would change, and write nothing.")
    var dryRun = false

    @Flag(
        help: """
            Remove what the file's lists of a salon do not name: services, people whom no booking expects, and \
            exceptions that are not over.
            """)
    var prune = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let bytes = try Self.read(file)
        let calendars: CalendarFile
        do {
            calendars = try CalendarFile(bytes)
        } catch {
            throw Self.refused(error.faults)
        }
        try await withGraph(common) { graph in
            guard let scope = try await graph.scope(tenant: tenant) else { return }
            let applier = CalendarApplier(
                identities: SalonIdentities(graph.database, scope: scope),
                editor: CalendarEditor(graph.database, scope: scope), isPruning: prune)
            do {
                let outcome = try await applier.run(calendars, isDryRun: dryRun) { print($0) }
                print(outcome.summary(isDryRun: dryRun))
            } catch let error as CalendarFileFaults {
                throw Self.refused(error.faults)
            }
        }
    }

    private static func refused(_ faults: [CalendarFileFault]) -> CommandError {
        let count = faults.count == 1 ? "one thing is" : "\(faults.count) things are"
        return CommandError("nothing was changed, because \(count) wrong:\n\(CalendarFileFaults(faults))")
    }

    private static func read(_ file: String) throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else { throw CommandError("cannot read \(file)") }
        return Array(data)
    }
}
