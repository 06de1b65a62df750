import CalendarFiles
import Calendars
import Catalogue
import Foundation
import JSON
import OpeningHours
import Reservations
import Salons
import Scheduling

/// Compares a file with a tenant's calendars, and writes the differences.
struct CalendarApplier {
    /// What became of the salons of a file.
    struct Outcome {
        var changed = 0
        var unchanged = 0
        var kept = 0

        func summary(isDryRun: Bool) -> String {
            var text =
                isDryRun
                ? "\(changed) of \(changed + unchanged) salons would change; nothing was written"
                : "\(changed) of \(changed + unchanged) salons changed"
            if kept > 0 { text += "; \(kept) things that the file does not name stay (--prune removes them)" }
            return text
        }
    }

    private struct Entry {
        let declared: DeclaredCalendar
        let salon: SalonIdentity
        var plan: CalendarPlan
    }

    let identities: SalonIdentities
    let editor: CalendarEditor
    let isPruning: Bool

    /// Salons whose calendars are read in one round trip.
    private static let batch = 500
    /// Whoever edits the same calendar at the same moment is given way so often.
    private static let attempts = 5

    /// Throws `CalendarFileFaults` with everything that is wrong, before anything is written.
    func run(_ file: CalendarFile, isDryRun: Bool, report: (String) -> Void) async throws -> Outcome {
        let entries = try await planned(try await resolved(file))
        var outcome = Outcome()
        for var entry in entries {
            if !isDryRun { entry = try await apply(entry) }
            if entry.plan.change.isEmpty { outcome.unchanged += 1 } else { outcome.changed += 1 }
            outcome.kept += entry.plan.kept.count
            guard !entry.plan.lines.isEmpty || !entry.plan.kept.isEmpty else { continue }
            report("\(entry.salon.name) (\(entry.salon.source), ref \(entry.salon.reference))")
            for line in entry.plan.lines { report("  \(line)") }
            for line in entry.plan.kept { report("  . \(line) is not in the file and stays") }
        }
        return outcome
    }

    // MARK: Salons

    private func resolved(_ file: CalendarFile) async throws -> [(DeclaredCalendar, SalonIdentity)] {
        var (ids, references, names): ([SalonID], [String], [String]) = ([], [], [])
        for declared in file.salons {
            switch declared.salon {
            case .id(let id): ids.append(id)
            case .source(let reference, _): references.append(reference)
            case .name(let name): names.append(name)
            }
        }
        let known = try await identities.salons(ids: ids, references: references, names: names)
        let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        let byReference = Dictionary(grouping: known, by: \.reference)
        let byName = Dictionary(grouping: known, by: \.name)
        var faults: [CalendarFileFault] = []
        var seen: [SalonID: JSONPointer] = [:]
        var found: [(DeclaredCalendar, SalonIdentity)] = []
        for declared in file.salons {
            let candidates: [SalonIdentity]
            switch declared.salon {
            case .id(let id): candidates = byID[id].map { [$0] } ?? []
            case .source(let reference, let source):
                candidates = (byReference[reference] ?? []).filter { source == nil || $0.source == source }
            case .name(let name): candidates = byName[name] ?? []
            }
            let pointer = declared.pointer.appending("salon")
            guard let salon = candidates.first else {
                faults.append(.init(pointer: pointer, detail: "names no salon of this tenant"))
                continue
            }
            guard candidates.count == 1 else {
                let list = candidates.prefix(10).map { "\($0.id) (\($0.source), ref \($0.reference))" }
                faults.append(
                    .init(
                        pointer: pointer,
                        detail:
                            "names \(candidates.count) salons of this tenant; say which by id, or by ref and source: "
                            + list.joined(separator: ", ")))
                continue
            }
            if let first = seen.updateValue(pointer, forKey: salon.id) {
                faults.append(.init(pointer: pointer, detail: "is the same salon as \(first)"))
                continue
            }
            found.append((declared, salon))
        }
        guard faults.isEmpty else {
            // The rest is looked at too, so that one run tells all.
            throw CalendarFileFaults(faults + (try await faultsOfPlans(found)))
        }
        return found
    }

    private func faultsOfPlans(_ found: [(DeclaredCalendar, SalonIdentity)]) async throws -> [CalendarFileFault] {
        do {
            _ = try await planned(found)
            return []
        } catch let error as CalendarFileFaults {
            return error.faults
        }
    }

    // MARK: Plans

    private func planned(_ salons: [(DeclaredCalendar, SalonIdentity)]) async throws -> [Entry] {
        var entries: [Entry] = []
        for start in stride(from: 0, to: salons.count, by: Self.batch) {
            let part = salons[start..<min(start + Self.batch, salons.count)]
            let states = try await editor.states(of: part.map(\.1.id))
            let others = try await editor.known(part.flatMap(\.0.identifiedPeople))
            for (declared, salon) in part {
                let state = states[salon.id] ?? CalendarState(salon: salon.id)
                entries.append(Entry(declared: declared, salon: salon, plan: plan(declared, state, others)))
            }
        }
        let faults = entries.flatMap(\.plan.faults)
        guard faults.isEmpty else { throw CalendarFileFaults(faults) }
        return entries
    }

    private func plan(_ declared: DeclaredCalendar, _ state: CalendarState, _ others: Set<StaffID>) -> CalendarPlan {
        // A day more than any zone's, so that nothing which is over somewhere is taken for present.
        let today = CivilDay(of: Date(), in: .gmt) + -1
        return CalendarPlanner.plan(declared, over: state, isPruning: isPruning, today: today, others: others)
    }

    private func apply(_ entry: Entry) async throws -> Entry {
        var entry = entry
        for _ in 1..<Self.attempts {
            do {
                try await editor.apply(entry.plan.change)
                return entry
            } catch CalendarError.changedMeanwhile, CalendarError.stillBooked {
                // Thought out anew against what is there now, which also says who is expected by name.
                guard let anew = try await planned([(entry.declared, entry.salon)]).first else { break }
                entry = anew
            }
        }
        try await editor.apply(entry.plan.change)
        return entry
    }
}
