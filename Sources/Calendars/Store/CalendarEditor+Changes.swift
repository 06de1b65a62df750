import Postgres
import Salons
import Scheduling

extension CalendarEditor {
    /// Makes all of a change or none of it, in one transaction. A change that is empty writes nothing.
    ///
    /// Throws `CalendarError.changedMeanwhile` when the calendar has another revision than the change was made for, and
    /// `CalendarError.stillBooked` when customers expect somebody who is to leave.
    public func apply(_ change: CalendarChange) async throws {
        guard !change.isEmpty else { return }
        for entry in change.services { try entry.service.validate() }
        for person in change.people { try person.member.validate() }
        for exception in change.addedExceptions { try exception.validate() }
        let salon = change.salon
        try await edit(in: salon, adding: change.people.map(\.member.id)) { connection in
            try Self.open(change, connection)
            for id in change.removedPeople { _ = try Self.removeStaff(id, in: salon, connection) }
            for id in change.removedServices { _ = try Self.removeService(id, in: salon, connection) }
            for entry in change.services { try Self.put(entry, in: salon, connection) }
            for person in change.people {
                if person.changesPlace {
                    try Self.putPlace(
                        of: person.member, sortOrder: person.sortOrder, reference: person.reference, in: salon,
                        connection)
                }
                if person.changesSkills { try Self.replaceSkills(of: person.member, in: salon, connection) }
                if person.changesHours { try Self.replaceHours(of: person.member, in: salon, connection) }
            }
            for id in change.removedExceptions { _ = try Self.removeException(id, in: salon, connection) }
            for exception in change.addedExceptions { try Self.add(exception, in: salon, connection) }
        }
    }

    /// Checks the revision under the locks, makes a calendar where there was none, and writes the settings. What
    /// somebody has set up is not a demonstration's any more.
    private static func open(_ change: CalendarChange, _ connection: isolated Connection) throws {
        let salon = change.salon
        let found = try connection.query(
            """
            SELECT revision FROM calendar WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
            FOR NO KEY UPDATE
            """
        ).first.map { try $0.decode(Int64.self) }
        guard found == change.revision else { throw CalendarError.changedMeanwhile(salon) }
        if found == nil {
            let settings =
                change.settings
                ?? CalendarChange.Settings(isClosedOnHolidays: true, cancellationWindow: 0)
            let count = try connection.execute(
                """
                INSERT INTO calendar (tenant_id, salon_id, closed_on_holidays, cancellation_window)
                SELECT tenant_id, salon_id, \(settings.isClosedOnHolidays),
                    \(Int32(clamping: settings.cancellationWindow))
                FROM salon WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                ON CONFLICT (tenant_id, salon_id) DO NOTHING
                """)
            guard count == 1 else { throw CalendarError.changedMeanwhile(salon) }
            return
        }
        if let settings = change.settings {
            try connection.execute(
                """
                UPDATE calendar SET closed_on_holidays = \(settings.isClosedOnHolidays),
                    cancellation_window = \(Int32(clamping: settings.cancellationWindow))
                WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue)
                """)
        }
        try connection.execute(
            """
            UPDATE calendar SET is_invented = false
            WHERE tenant_id = current_tenant() AND salon_id = \(salon.rawValue) AND is_invented
            """)
    }
}
