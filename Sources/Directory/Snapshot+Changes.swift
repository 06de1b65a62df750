import Salons

extension Snapshot {
    static func empty(tenants: TenantTable, hours: HoursTable) -> Snapshot {
        Snapshot(levels: [], tenants: tenants, hours: hours, version: 0)
    }

    /// The next view: without the salons in `removed`, and with those of `added`, which must be among them if they were
    /// in view before. Merges grids that have become large; readers of this view are not disturbed.
    func replacing(_ removed: some Collection<SalonID>, with added: Grid?) -> Snapshot {
        var levels = levels
        var isCopied = [Bool](repeating: false, count: levels.count)
        for id in removed {
            guard let place = Self.place(of: id, in: levels) else { continue }
            let number = Int(place >> Level.positionBits)
            if !isCopied[number] {
                levels[number].removed =
                    levels[number].removed.map { RemovedBits(copying: $0) }
                    ?? RemovedBits(size: levels[number].grid.count)
                isCopied[number] = true
            }
            levels[number].removed?.insert(Int(place & Level.positionMask))
        }
        if let added, added.count > 0 { levels.append(Level(grid: added, removed: nil)) }
        return Snapshot(
            levels: merged(levels), tenants: tenants, hours: hours, version: version + 1, policy: policy, frozen: frozen
        )
    }

    /// At most a base, a middle and a newest grid are left, and while a base is rebuilt the two that go into it before
    /// a middle and a newest; each is merged down when it outgrows its place.
    private func merged(_ levels: [Level]) -> [Level] {
        guard let base = levels.first else { return [] }
        if frozen > 0 { return levels.prefix(frozen) + mergedChanges(Array(levels.dropFirst(frozen))) }
        let levels = [base] + mergedChanges(Array(levels.dropFirst()))
        guard base.grid.count <= policy.largestInPlace, isRebuildDue(levels) else { return levels }
        return [Level(grid: rebuilt(levels), removed: nil)]
    }

    private func mergedChanges(_ levels: [Level]) -> [Level] {
        var changes = levels
        if changes.count > 2 || (changes.count == 2 && changes[1].grid.count > policy.newestSize) {
            let newest = changes.dropFirst()
            let size = newest.reduce(0) { $0 + $1.live }
            if changes.count > 2, size <= policy.newestSize {
                changes = [changes[0], Level(grid: copy(Array(newest)), removed: nil)]
            } else {
                changes = [Level(grid: copy(changes), removed: nil)]
            }
        }
        return changes
    }

    /// Whether the base should take up the middle grid, or get rid of what has been removed from it.
    private func isRebuildDue(_ levels: [Level]) -> Bool {
        guard let base = levels.first else { return false }
        let middle = levels.count > 1 ? levels[1].grid.count : 0
        return middle > max(policy.middleSize, base.grid.count / 32)
            || (base.removed?.count ?? 0) > max(policy.middleSize, base.grid.count / 4)
    }

    /// Whether `frozenForRebuild` should be called.
    var isRebuildDue: Bool { frozen == 0 && isRebuildDue(levels) }

    /// The same view with its levels set aside for a rebuild, in at most two grids: a place has room for four.
    func frozenForRebuild() -> Snapshot {
        let changes =
            levels.count > 2 ? [Level(grid: copy(Array(levels.dropFirst())), removed: nil)] : Array(levels.dropFirst())
        let levels = levels.prefix(1) + changes
        return Snapshot(
            levels: Array(levels), tenants: tenants, hours: hours, version: version + 1, policy: policy,
            frozen: levels.count)
    }

    /// One grid of all that is live here: a new base. Takes about a second for a million salons.
    func rebuiltBase() -> Grid { rebuilt(levels) }

    /// The next view, with `base` in the place of the levels that it was made of. `changed` are the salons that have
    /// been replaced or removed since.
    func replacingFrozen(with base: Grid, changed: Set<SalonID>) -> Snapshot {
        var level = Level(grid: base, removed: nil)
        for id in changed {
            guard let position = base.position(of: id) else { continue }
            if level.removed == nil { level.removed = RemovedBits(size: base.count) }
            level.removed?.insert(position)
        }
        return Snapshot(
            levels: [level] + levels.dropFirst(frozen), tenants: tenants, hours: hours, version: version + 1,
            policy: policy)
    }

    private func copy(_ levels: [Level]) -> Grid {
        var staging = Staging(
            tenants: tenants, hours: hours,
            cold: ColdStore.Builder(expected: levels.reduce(0) { $0 + $1.grid.store.usedBytes }))
        for level in levels { Self.forEachLive(level) { staging.copy($0, of: level.grid) } }
        return staging.finish(byTenant: false)
    }

    /// A new base. It shares the old one's cards unless a quarter of them is stale.
    private func rebuilt(_ levels: [Level]) -> Grid {
        let base = levels[0]
        var liveBytes = 0
        Self.forEachLive(base) { liveBytes += base.grid.store.length(base.grid.cold[$0]) }
        let isShared = liveBytes > base.grid.store.usedBytes / 4 * 3
        var staging = Staging(
            tenants: tenants, hours: hours, cold: ColdStore.Builder(sharing: isShared ? base.grid.store : nil))
        for (number, level) in levels.enumerated() {
            Self.forEachLive(level) { position in
                if number == 0, isShared {
                    staging.share(position, of: level.grid)
                } else {
                    staging.copy(position, of: level.grid)
                }
            }
        }
        return staging.finish(byTenant: true)
    }

    static func forEachLive(_ level: Level, _ body: (Int) -> Void) {
        for position in 0..<level.grid.count where level.removed?.contains(position) != true { body(position) }
    }

    /// Salons with opening hours that are not understood.
    var unknownHours: Int {
        var unknown = 0
        for level in levels {
            Self.forEachLive(level) { position in
                let number = level.grid.hours[position]
                if number != HoursTable.none, hours.entry(number)?.isUnderstood == false { unknown += 1 }
            }
        }
        return unknown
    }
}
