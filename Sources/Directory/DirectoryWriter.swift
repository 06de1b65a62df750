public import Foundation
public import Logging
public import Salons
import Synchronization

/// Loads the directory and keeps it up to date; the only writer of its view. A source calls it, one call after the
/// other.
public struct DirectoryWriter {
    let directory: Directory
    private let tenants = TenantTable()
    private let hours = HoursTable()
    private var snapshot: Snapshot
    private var lastChange: String?
    private var digests = SliceDigests()
    private var unknownHours = 0
    private var nextReconciliation = ContinuousClock.now
    /// Slices that differed at the last comparison.
    private var suspects: Set<UInt8> = []
    private var rebuild: BaseRebuild?

    init(directory: Directory, policy: MergePolicy = MergePolicy()) {
        self.directory = directory
        snapshot = Snapshot(levels: [], tenants: tenants, hours: hours, version: 0, policy: policy)
    }

    /// How the directory is to be kept.
    public var configuration: Directory.Configuration { directory.configuration }

    /// The clock that lag is told by.
    public var now: @Sendable () -> Date { directory.now }

    /// Where faults of the source are logged.
    public var logger: Logger { directory.logger }

    /// Reads all published salons, and shows them in the place of what was in view.
    /// - Parameter place: names the last change that is surely among them.
    public mutating func load(asOf place: String) async throws {
        let begin = ContinuousClock.now
        let box = StagingBox(Staging(tenants: tenants, hours: hours, cold: ColdStore.Builder()))
        try await directory.source.loadPublished { row in box.append(row) }
        guard let staging = box.take() else { return }
        digests = staging.digests
        let grid = staging.finish(byTenant: true)
        rebuild = nil
        snapshot = Snapshot(
            levels: grid.count > 0 ? [Level(grid: grid, removed: nil)] : [], tenants: tenants, hours: hours,
            version: snapshot.version + 1, policy: snapshot.policy)
        unknownHours = snapshot.unknownHours
        lastChange = place
        publish(pending: nil)
        nextReconciliation = .now + directory.configuration.reconcileInterval
        directory.logger.info(
            "The directory is loaded.", metadata: ["salons": "\(grid.count)", "took": "\(ContinuousClock.now - begin)"])
    }

    /// Reads changed salons anew and shows them as they now are. Doing it twice does no harm.
    /// - Parameters:
    ///   - ids: the salons.
    ///   - oldest: when the first of the changes was written.
    ///   - place: names the last of the changes.
    ///   - pending: when the oldest change was written that is known and cannot be told yet; nil when there is none.
    public mutating func apply(_ ids: Set<SalonID>, since oldest: Date, asOf place: String, pending: Date?) async throws
    {
        takeOverBase()
        directory.report { $0.oldestPending = oldest }
        try await apply(ids)
        lastChange = place
        publish(pending: pending)
    }

    /// Hears that nothing more has changed for now, and compares with the database when it is time.
    /// - Parameter pending: as for ``apply(_:since:asOf:pending:)``.
    public mutating func rest(pending: Date?) async throws {
        takeOverBase()
        publish(pending: pending, isChanged: false)
        if ContinuousClock.now >= nextReconciliation { try await reconcile() }
    }

    /// Hears that the source does not answer; the view stays as it is.
    public mutating func failed() {
        takeOverBase()
        directory.report { $0.isHealthy = false }
    }

    /// Reads salons anew and puts them in the place of what the view has of them.
    private mutating func apply(_ ids: Set<SalonID>) async throws {
        let box = StagingBox(
            Staging(tenants: tenants, hours: hours, cold: ColdStore.Builder(expected: ids.count * 512)))
        try await directory.source.loadPublished(ids: Array(ids)) { row in box.append(row) }
        guard let staging = box.take() else { return }
        for id in ids {
            guard let place = snapshot.place(of: id) else { continue }
            let (grid, position) = snapshot.grid(place)
            digests.remove(id: id.rawValue, version: grid.store.version(grid.cold[position]))
            unknownHours -= isUnknown(grid.hours[position]) ? 1 : 0
        }
        let added = staging.finish(byTenant: false)
        for position in 0..<added.count {
            digests.add(id: added.id(position).rawValue, version: added.store.version(added.cold[position]))
            unknownHours += isUnknown(added.hours[position]) ? 1 : 0
        }
        snapshot = snapshot.replacing(ids, with: added)
        rebuild?.note(ids)
        if rebuild == nil, snapshot.isRebuildDue {
            snapshot = snapshot.frozenForRebuild()
            rebuild = BaseRebuild(of: snapshot)
        }
    }

    /// Puts a base that has been rebuilt into its place.
    private mutating func takeOverBase() {
        guard let rebuild, let base = rebuild.base else { return }
        snapshot = snapshot.replacingFrozen(with: base, changed: rebuild.changed)
        self.rebuild = nil
        directory.show(snapshot)
    }

    private func isUnknown(_ number: UInt32) -> Bool {
        number != HoursTable.none && hours.entry(number)?.isUnderstood == false
    }

    private func publish(pending: Date?, isChanged: Bool = true) {
        if isChanged { directory.show(snapshot) }
        let heard = directory.now()
        directory.report {
            $0.isHealthy = true
            $0.lastChange = lastChange
            $0.lastHeard = heard
            $0.oldestPending = pending
            $0.unknownHours = unknownHours
        }
    }

    /// Compares the view with the database by slices. A slice that differs twice in a row, with the feed followed in
    /// between, is read again.
    private mutating func reconcile() async throws {
        let differing = digests.differences(from: try await directory.source.digests())
        let confirmed = differing.intersection(suspects)
        for slice in confirmed.sorted() { try await repair(slice) }
        suspects = differing.subtracting(confirmed)
        nextReconciliation =
            .now
            + (suspects.isEmpty ? directory.configuration.reconcileInterval : directory.configuration.confirmationDelay)
        directory.report { $0.reconciliations += 1 }
    }

    private mutating func repair(_ slice: UInt8) async throws {
        var differing: Set<SalonID> = []
        var truth = try await directory.source.publishedVersions(idPrefix: slice)
        for level in snapshot.levels {
            Snapshot.forEachLive(level) { position in
                let id = level.grid.id(position)
                guard id.rawValue.uuid.0 == slice else { return }
                if truth.removeValue(forKey: id) != level.grid.store.version(level.grid.cold[position]) {
                    differing.insert(id)
                }
            }
        }
        differing.formUnion(truth.keys)
        guard !differing.isEmpty else { return }
        try await apply(differing)
        publish(pending: nil)
        let count = differing.count
        directory.report { $0.repairs += count }
        directory.logger.warning(
            "The directory differed from the database and was repaired.", metadata: ["salons": "\(count)"])
    }
}

/// Staging that a source's callback may fill from any thread.
private final class StagingBox: Sendable {
    private let content: Mutex<Staging?>

    init(_ staging: consuming sending Staging) {
        content = Mutex(staging)
    }

    func append(_ row: borrowing PublishedRow) {
        content.withLock { $0?.append(row) }
    }

    func take() -> Staging? {
        content.withLock { $0.take() }
    }
}
