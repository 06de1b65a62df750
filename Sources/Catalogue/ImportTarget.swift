import JSON
public import Salons

/// One accepted row.
public struct ImportedSalon: Sendable, Hashable {
    /// What is known of the salon.
    public var profile: SalonProfile
    /// The file's columns that are none of ours.
    public var sourceData: [String: String]

    /// Pairs a profile with the source's own columns.
    public init(profile: SalonProfile, sourceData: [String: String] = [:]) {
        self.profile = profile
        self.sourceData = sourceData
    }

    /// The source data as one JSON object with its keys in order.
    public var sourceDataJSON: String {
        JSONValue.object(sourceData.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }).description
    }
}

/// What became of a batch of rows; the three add up to the rows of the batch.
public struct UpsertCounts: Sendable, Hashable {
    /// Rows that were new.
    public var inserted: Int
    /// Rows that changed a salon.
    public var updated: Int
    /// Rows that were there already just so.
    public var unchanged: Int

    /// Counts of one batch.
    public init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0) {
        self.inserted = inserted
        self.updated = updated
        self.unchanged = unchanged
    }
}

/// Where salons go to.
public protocol ImportTarget: Sendable {
    /// Writes a batch as a whole or not at all, each row under its `profile.source`; no two rows of an import have the
    /// same.
    func upsert(_ rows: [ImportedSalon]) async throws -> UpsertCounts
}
