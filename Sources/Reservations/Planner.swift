import Foundation
import Scheduling

/// Finds the ways in which a visit could be had as far as the rules of the salon say, without a look at bookings.
struct Planner {
    let roster: Roster
    let now: Date

    /// Each way is one person for each step; the first refusal when there is none.
    func ways(_ steps: [Visit.Step]) throws(PlanningRefusal) -> [[ResolvedStep]] {
        var ways: [[ResolvedStep]] = [[]]
        for (number, step) in steps.enumerated() {
            let choices = try choices(step, number: number)
            var longer: [[ResolvedStep]] = []
            for way in ways {
                for choice in choices where longer.count < Plans.limit {
                    guard way.allSatisfy({ $0.staff != choice.staff || !$0.occupied.overlaps(choice.occupied) }) else {
                        continue
                    }
                    longer.append(way + [choice])
                }
            }
            guard !longer.isEmpty else { throw .invalid(Self.crowded(steps, at: number, able: choices.count)) }
            ways = longer
        }
        return ways
    }

    /// Why a step leaves nobody who is not busy with another one. A party is told of people, since it named no steps.
    private static func crowded(_ steps: [Visit.Step], at number: Int, able: Int) -> String {
        if steps.allSatisfy({ $0 == steps[0] }), steps[0].staff == nil {
            return "a party of \(steps.count) needs \(steps.count) people who do the service at the same time; "
                + "then there \(able == 1 ? "is" : "are") \(able)"
        }
        return "the visit needs more people than can do it: whoever could do the service at \(number + 1) in its order "
            + "is busy with another of its services"
    }

    /// Everyone who could do a step, in the order of the roster.
    private func choices(_ step: Visit.Step, number: Int) throws(PlanningRefusal) -> [ResolvedStep] {
        if let staff = step.staff {
            switch roster.check(step.service, by: staff, at: step.start, now: now) {
            case .success(let resolved): return [resolved]
            case .failure(let refusal): throw .rule(number, refusal)
            }
        }
        switch roster.candidates(for: step.service, at: step.start, now: now) {
        case .success(let found): return found
        case .failure(let refusal): throw .rule(number, refusal)
        }
    }
}

/// Why there is no way.
enum PlanningRefusal: Error {
    case rule(Int, BookingRefusal)
    case invalid(String)
    case series([SeriesConflict], zone: TimeZone)

    var refusal: Refusal {
        switch self {
        case .rule(let step, let refusal): .rule(step: step, refusal)
        case .invalid(let text): .invalidVisit(text)
        case .series(let conflicts, let zone): .series(conflicts, zone: zone)
        }
    }
}
