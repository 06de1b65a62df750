import Salons

extension Snapshot {
    /// Grids smaller than these are rebuilt with each change, or merged now and then.
    private static let newestSize = 1_024
    private static let middleSize = 32_768

    static func empty(tenants: TenantTable, hours: HoursTable) -> Snapshot {
        Snapshot(levels: [], tenants: tenants, hours: hours, version: 0)
    }

    /// The next view: without the salons in `removed`, and with those of `added`, which must be among them if they were
    /// in view before. Merges grids that have become large; readers of this view are not disturbed.
    func replacing(_ removed: some Collection<SalonID>, with added: Grid?) -> Snapshot {
        var levels = levels
        var isCopied = [Bool](repeating: false, count: levels.count)
        for id in removed {
            guard let place = place(of: id, in: levels) else { continue }
            let number = Int(place >> Level.positionBits)
            if !isCopied[number] {
                levels[number].removed =
                    levels[number].removed.map { RemovedBits(copying: $0) } ?? RemovedBits(size: levels[number].grid.count)
                isCopied[number] = true
            }
            levels[number].removed?.insert(Int(place & Level.positionMask))
        }
        if let added, added.count > 0 { levels.append(Level(grid: added, removed: nil)) }
        return Snapshot(levels: merged(levels), tenants: tenants, hours: hours, version: version + 1)
    }

    private func place(of id: SalonID, in levels: [Level]) -> UInt32? {
        for (number, level) in levels.enumerated() {
            if let position = level.grid.position(of: id), level.removed?.contains(position) != true {
                return UInt32(number) << Level.positionBits | UInt32(position)
            }
        }
        return nil
    }

    /// At most a base, a middle and a newest grid are left; each is merged down when it outgrows its place.
    private func merged(_ levels: [Level]) -> [Level] {
        guard let base = levels.first else { return [] }
        var changes = Array(levels.dropFirst())
        if changes.count > 2 || (changes.count == 2 && changes[1].grid.count > Self.newestSize) {
            let newest = changes.dropFirst()
            let size = newest.reduce(0) { $0 + $1.live }
            if changes.count > 2, size <= Self.newestSize {
                changes = [changes[0], Level(grid: copy(Array(newest)), removed: nil)]
            } else {
                changes = [Level(grid: copy(changes), removed: nil)]
            }
        }
        let middle = changes.first?.grid.count ?? 0
        let isBaseWorn = base.removed.map { $0.count > max(Self.middleSize, base.grid.count / 4) } ?? false
        guard middle > max(Self.middleSize, base.grid.count / 32) || isBaseWorn else { return [base] + changes }
        return [Level(grid: rebuilt([base] + changes), removed: nil)]
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
