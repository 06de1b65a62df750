import ArgumentParser

/// Calendars: as a file, and as a picture.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Set calendars up from a file, write them to one, or draw a person's week.",
        discussion: """
            `salons calendar STAFF` is short for `salons calendar week STAFF`. What a file can say is in \
            `salons calendar apply --help`.
            """,
        subcommands: [CalendarWeekCommand.self, CalendarApplyCommand.self, CalendarExportCommand.self],
        defaultSubcommand: CalendarWeekCommand.self)

    /// What to do where a salon has none.
    static let advice = "set one up with `salons calendar apply FILE --tenant TENANT`"
}
