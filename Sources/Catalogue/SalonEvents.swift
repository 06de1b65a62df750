public import Events
public import Salons

/// What salons tell of. Written by the database, with the change.
public enum SalonEvents {
    /// A salon was made or changed; whether it is published shows when it is read.
    public static let changed = EventKind("salon.changed", subject: SalonID.init)
    /// A salon is no more.
    public static let deleted = EventKind("salon.deleted", subject: SalonID.init)

    /// The names of all of them.
    public static let names = [changed.name, deleted.name]
}
