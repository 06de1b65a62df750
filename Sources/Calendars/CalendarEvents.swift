public import Events
public import Salons
public import Scheduling

/// What calendars tell of. Written by the database, with whatever changes them.
public enum CalendarEvents {
    /// When a person is free has changed; the revision is the epoch that the change brought.
    public static let availabilityChanged = EventKind("availability.changed", subject: StaffID.init)
    /// A roster has changed; the revision is the one that the change brought.
    public static let calendarChanged = EventKind("calendar.changed", subject: SalonID.init)

    /// The names of all of them.
    public static let names = [availabilityChanged.name, calendarChanged.name]
}
