public import Directory
public import Events
public import Foundation
import Salons

/// The directory's writer as a follower of events calls it. An event says which salon to read anew, not what has become
/// of it.
extension DirectoryWriter: EventSubscriber {
    /// Reads all published salons anew, as of a position.
    public mutating func load(from position: EventPosition, asked: Date) async throws {
        try await load(asOf: "\(position)")
    }

    /// Shows what these events changed.
    public mutating func apply(_ batch: EventBatch) async throws {
        if let last = batch.events.last {
            let ids = batch.events.compactMap {
                SalonEvents.changed.subject(of: $0) ?? SalonEvents.deleted.subject(of: $0)
            }
            let oldest = batch.events.map(\.writtenAt).min() ?? last.writtenAt
            try await apply(Set(ids), since: oldest, asOf: "\(last.position)", pending: batch.oldestWithheld)
        }
        if batch.isLast { try await rest(pending: batch.oldestWithheld) }
    }
}
