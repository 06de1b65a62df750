import Foundation
import Scheduling

/// What `reserve` and `reschedule_booking` are given: steps as arrays, of which those of one number are one booking and
/// those of one plan are taken together.
struct Plans {
    private(set) var plans: [Int32] = []
    private(set) var numbers: [Int32] = []
    private(set) var persons: [UUID] = []
    private(set) var services: [UUID] = []
    private(set) var ranges: [Range<Date>] = []
    private(set) var starts: [Date] = []
    private(set) var ends: [Date] = []
    private(set) var amounts: [Int32?] = []
    private(set) var currencies: [String?] = []
    private(set) var deadlines: [Date] = []
    private var count: Int32 = 0

    /// Nothing can be tried.
    var isEmpty: Bool { count == 0 }

    /// Adds a way to take everything.
    mutating func add(_ steps: [(number: Int, step: ResolvedStep)]) {
        for (number, step) in steps {
            plans.append(count)
            numbers.append(Int32(number))
            persons.append(step.staff.rawValue)
            services.append(step.service.rawValue)
            ranges.append(step.occupied)
            starts.append(step.start)
            ends.append(step.end)
            amounts.append(step.price.map { Int32(clamping: $0.amount) })
            currencies.append(step.price?.currency)
            deadlines.append(step.deadline)
        }
        count += 1
    }

    /// The most ways that are tried; more would only make a refusal slower.
    static let limit = 64
}
