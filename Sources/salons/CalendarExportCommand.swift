import ArgumentParser
import CalendarFiles
import Calendars
import Catalogue
import Foundation
import Salons

/// Writes calendars as a file.
struct CalendarExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the calendars of a tenant's salons as a file for `calendar apply`.",
        discussion: "To apply the file where it came from changes nothing. Bookings and customers are not in it.")

    @Argument(help: "Salons: identifiers, or parts of their names; all that have a calendar, unless said.")
    var salons: [String] = []

    @Option(help: "Slug of the tenant that the salons belong to.")
    var tenant: String

    @Option(name: .shortAndLong, help: "File to write; standard output, unless said.")
    var output: String?

    @OptionGroup var common: CommonOptions

    private static let batch = 500

    func run() async throws {
        try await withGraph(common) { graph in
            let picker = try await SalonPicker(graph, tenant: tenant)
            let identities = SalonIdentities(graph.database, scope: picker.scope)
            var found: [SalonIdentity]
            if salons.isEmpty {
                found = try await identities.withCalendar()
                guard !found.isEmpty else {
                    throw CommandError("no salon of this tenant has a calendar; \(CalendarCommand.advice)")
                }
            } else {
                var ids: [SalonID] = []
                for salon in salons { ids.append(try await picker.salon(salon).id) }
                found = try await identities.salons(ids: ids, references: [], names: [])
            }
            let editor = CalendarEditor(graph.database, scope: picker.scope)
            var entries: [CalendarFileWriter.Entry] = []
            for start in stride(from: 0, to: found.count, by: Self.batch) {
                let part = found[start..<min(start + Self.batch, found.count)]
                let states = try await editor.states(of: part.map(\.id))
                for salon in part {
                    guard let state = states[salon.id], state.revision != nil else {
                        throw CommandError("\(salon.name) has no calendar; \(CalendarCommand.advice)")
                    }
                    entries.append(
                        .init(source: salon.source, reference: salon.reference, name: salon.name, state: state))
                }
            }
            let text = CalendarFileWriter.text(entries)
            guard let output else {
                print(text, terminator: "")
                return
            }
            guard FileManager.default.createFile(atPath: output, contents: Data(text.utf8)) else {
                throw CommandError("cannot write \(output)")
            }
        }
    }
}
