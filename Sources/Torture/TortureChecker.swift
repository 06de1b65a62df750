import Foundation
import Reservations
import Scheduling

/// Reads the whole history and says what should not have happened.
struct TortureChecker {
    let rows: TortureRows
    let told: [Told]
    let statistics: ReservationStatistics

    /// One sentence for each kind of violation, with how often it happened and an example.
    func violations() -> [String] {
        var found: [String] = []
        func report(_ what: String, _ examples: [String]) {
            guard let first = examples.first else { return }
            found.append("\(what): \(examples.count) times, such as \(first)")
        }
        report("overlap", overlaps())
        report("acknowledged and lost", lost())
        report("more than one effect of a key", repeated())
        report("an effect that no answer speaks of", orphans())
        report("refused and done all the same", contradictions())
        report("an epoch that was not raised", silent())
        report("an epoch that went backwards", backwards())
        if rows.deadHolds > 0 { found.append("holds that nobody ended: \(rows.deadHolds)") }
        if statistics.deadlocks > 0 { found.append("deadlocks: \(statistics.deadlocks)") }
        if statistics.backstopHits > 0 { found.append("hits of the backstop: \(statistics.backstopHits)") }
        return found
    }

    /// Two live intervals of one person that share an instant, both true at one moment.
    private func overlaps() -> [String] {
        var found: [String] = []
        for (staff, versions) in Dictionary(grouping: rows.occupancies.filter(\.isLive), by: \.staff) {
            let sorted = versions.sorted { $0.during.lowerBound < $1.during.lowerBound }
            for (index, first) in sorted.enumerated() {
                for second in sorted[(index + 1)...] {
                    guard second.during.lowerBound < first.during.upperBound else { break }
                    guard first.id != second.id, max(first.from, second.from) < min(first.to, second.to) else {
                        continue
                    }
                    found.append("\(staff): \(first.during) and \(second.during)")
                }
            }
        }
        return found
    }

    /// What a client was told must have been true.
    private func lost() -> [String] {
        told.flatMap { entry -> [String] in
            guard case .done(let bookings, _) = entry.answer else { return [] }
            return bookings.compactMap { booking in
                let version = "\(booking.id)/\(booking.status.rawValue)/\(booking.version)"
                return rows.versions.contains(version) ? nil : "\(entry.kind) \(version)"
            }
        }
    }

    /// All answers to one key speak of the same bookings.
    private func repeated() -> [String] {
        var seen: [String: Set<UUID>] = [:]
        var found: [String] = []
        for entry in told {
            guard case .done(let bookings, _) = entry.answer else { continue }
            let ids = Set(bookings.map(\.id.rawValue))
            if let before = seen[entry.key.text], before != ids { found.append("\(entry.kind) \(entry.key.text)") }
            seen[entry.key.text] = ids
            if let kept = rows.answers[entry.key.text], kept != ids {
                found.append("\(entry.kind) \(entry.key.text) answered otherwise than it was kept")
            }
        }
        return found
    }

    /// Every booking came from a request whose key remembers it.
    private func orphans() -> [String] {
        let known = rows.answers.values.reduce(into: Set<UUID>()) { $0.formUnion($1) }
        return rows.bookings.subtracting(known).map { "\($0)" }
    }

    /// A key that was refused has no effect, unless the refusal was that the key is another's.
    private func contradictions() -> [String] {
        told.compactMap { entry in
            guard case .refused(let refusal) = entry.answer, refusal != .keyReused,
                rows.answers[entry.key.text] != nil
            else { return nil }
            return "\(entry.kind) \(entry.key.text): \(refusal)"
        }
    }

    /// A transaction that changes when somebody is free raises the person's epoch.
    private func silent() -> [String] {
        var raised: [UUID: Set<String>] = [:]
        for (staff, epochs) in rows.epochs { raised[staff] = Set(epochs.map(\.transaction)) }
        var found: [String] = []
        for versions in Dictionary(grouping: rows.occupancies, by: \.id).values {
            var before: TortureRows.Occupancy?
            for version in versions {
                defer { before = version }
                let isSame =
                    before.map {
                        $0.isLive == version.isLive && $0.during == version.during && $0.staff == version.staff
                    } ?? false
                guard !isSame else { continue }
                for staff in Set([version.staff, before?.staff ?? version.staff])
                where raised[staff]?.contains(version.transaction) != true {
                    found.append("\(staff) in transaction \(version.transaction)")
                }
            }
        }
        return found
    }

    private func backwards() -> [String] {
        rows.epochs.flatMap { staff, epochs in
            zip(epochs, epochs.dropFirst()).filter { $1.epoch < $0.epoch }
                .map { "\(staff): \($0.epoch), then \($1.epoch)" }
        }
    }
}
