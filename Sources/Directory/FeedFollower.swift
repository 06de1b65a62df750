import Foundation
import Logging
import Salons
import Synchronization

/// Loads the directory and keeps it up to date, step by step; the only writer of its view.
struct FeedFollower {
    let directory: Directory
    private let tenants = TenantTable()
    private let hours = HoursTable()
    private var snapshot: Snapshot
    private var position: FeedPosition?
    private var digests = SliceDigests()
    private var unknownHours = 0
    private var isFailing = false
    private var pause: Duration
    private var nextAttempt = ContinuousClock.now
    private var nextReconciliation = ContinuousClock.now
    /// Slices that differed at the last comparison.
    private var suspects: Set<UInt8> = []
    private var rebuild: BaseRebuild?

    init(directory: Directory, policy: MergePolicy = MergePolicy()) {
        self.directory = directory
        snapshot = Snapshot(levels: [], tenants: tenants, hours: hours, version: 0, policy: policy)
        pause = directory.configuration.firstPause
    }

    /// Loads, or applies what is new in the feed, and compares with the database when it is time. Failures are logged
    /// when they begin and when they end.
    mutating func step() async {
        takeOverBase()
        guard ContinuousClock.now >= nextAttempt else { return }
        do {
            if let position {
                try await follow(after: position)
            } else {
                try await load()
            }
            if ContinuousClock.now >= nextReconciliation { try await reconcile() }
            if isFailing { directory.logger.notice("The directory's source answers again.") }
            isFailing = false
            pause = directory.configuration.firstPause
        } catch {
            guard !Task.isCancelled else { return }
            if !isFailing {
                directory.logger.error(
                    "The directory's source does not answer; the view stays as it is.", metadata: ["error": "\(error)"])
            }
            isFailing = true
            directory.report { $0.isHealthy = false }
            nextAttempt = .now + pause
            pause = min(pause * 2, directory.configuration.longestPause)
        }
    }

    private mutating func load() async throws {
        let begin = ContinuousClock.now
        let box = StagingBox(Staging(tenants: tenants, hours: hours, cold: ColdStore.Builder()))
        let position = try await directory.source.loadPublished { row in box.append(row) }
        guard let staging = box.take() else { return }
        digests = staging.digests
        let grid = staging.finish(byTenant: true)
        snapshot = Snapshot(
            levels: grid.count > 0 ? [Level(grid: grid, removed: nil)] : [], tenants: tenants, hours: hours, version: 1,
            policy: snapshot.policy)
        unknownHours = snapshot.unknownHours
        self.position = position
        publish(pending: nil)
        nextReconciliation = .now + directory.configuration.reconcileInterval
        directory.logger.info(
            "The directory is loaded.", metadata: ["salons": "\(grid.count)", "took": "\(ContinuousClock.now - begin)"])
    }

    private mutating func follow(after start: FeedPosition) async throws {
        var start = start
        while true {
            let limit = directory.configuration.batchLimit
            let batch = try await directory.source.changes(after: start, limit: limit)
            guard let last = batch.changes.last else {
                publish(pending: batch.oldestWithheld, isChanged: false)
                return
            }
            let oldest = batch.changes.map(\.writtenAt).min()
            directory.report { $0.oldestPending = oldest }
            try await apply(Set(batch.changes.map(\.salon)))
            start = last.position
            position = start
            publish(pending: batch.oldestWithheld)
            if batch.changes.count < limit { return }
        }
    }

    /// Reads salons anew and puts them, as they now are, in the place of what the view has of them. Doing it twice does
    /// no harm.
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
            $0.position = position
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
