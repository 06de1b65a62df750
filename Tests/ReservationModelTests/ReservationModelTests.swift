import Testing

/// The protocol of the Reservations module, searched through all of its runs within the bounds of the model.
@Suite(.serialized)
struct ReservationModelTests {
    @Test(arguments: Model.Scenario.allCases)
    func `no run overlaps, repeats an effect, loses an answer or deadlocks`(_ scenario: Model.Scenario) async throws {
        let verdict = try await Verdicts.shared.verdict(of: Model(scenario: scenario))
        #expect(verdict.fault == nil, "\(verdict.tail)")
        #expect(verdict.isExhaustive, "\(verdict.tail)")
    }

    @Test(arguments: Model.Scenario.allCases)
    func `every request ends`(_ scenario: Model.Scenario) async throws {
        let verdict = try await Verdicts.shared.verdict(of: Model(scenario: scenario, search: .termination))
        #expect(verdict.fault == nil, "\(verdict.tail)")
        #expect(verdict.isExhaustive, "\(verdict.tail)")
    }

    @Test func `every step of the protocol is taken in some scenario`() async throws {
        var never: Set<String>?
        for scenario in Model.Scenario.allCases {
            let verdict = try await Verdicts.shared.verdict(of: Model(scenario: scenario))
            never = never?.intersection(verdict.unreached) ?? verdict.unreached
        }
        let missed = try #require(never)
        #expect(missed.isEmpty, "\(missed.sorted().joined(separator: "\n"))")
    }

    /// A rule of the protocol that is broken, where, and what must come of it.
    struct Broken: CustomTestStringConvertible {
        let variant: String
        let scenario: Model.Scenario
        let faults: Set<Verdict.Fault>
        var search = Model.Search.safety
        var testDescription: String { variant }
    }

    static let broken = [
        Broken(variant: "NO_LOCK", scenario: .bookings, faults: [.claim("overlapping")]),
        Broken(variant: "SEEDS_KEY", scenario: .bookings, faults: [.claim("overlapping")]),
        Broken(variant: "EARLY_SNAPSHOT", scenario: .bookings, faults: [.claim("overlapping")]),
        Broken(variant: "EARLY_RELEASE", scenario: .bookings, faults: [.claim("overlapping")]),
        Broken(variant: "UNSORTED_LOCKS", scenario: .visits, faults: [.deadlock]),
        // The second effect and the wrong answer about the first are two faces of one fault.
        Broken(variant: "NO_KEY", scenario: .twins, faults: [.claim("repeated"), .claim("misanswered")]),
        Broken(variant: "CONFIRM_WITHOUT_LOCK", scenario: .holds, faults: [.claim("overlapping")]),
        Broken(variant: "STALE_CLOCK", scenario: .holds, faults: [.claim("outlived")]),
        Broken(variant: "CANCEL_LOCKS_AFTER_ROW", scenario: .changes, faults: [.deadlock]),
        Broken(variant: "EPOCHS_AT_EXPIRY", scenario: .changes, faults: [.deadlock]),
        Broken(variant: "CANCEL_THE_PAST", scenario: .attendance, faults: [.claim("undone")]),
        Broken(variant: "BLIND_MARK", scenario: .attendance, faults: [.claim("overwritten")]),
        Broken(variant: "FORGOTTEN_REFUSAL", scenario: .twins, faults: [.claim("contradicted")]),
        // Shows that the search for cycles can find one: nobody outlasts faults without end.
        Broken(variant: "ENDLESS_FAULTS", scenario: .twins, faults: [.cycle], search: .termination),
    ]

    @Test(arguments: broken)
    func `a broken rule is found out, by the fault that it causes`(_ broken: Broken) async throws {
        let model = Model(scenario: broken.scenario, variant: broken.variant, search: broken.search)
        let verdict = try await model.verify()
        let fault = try #require(verdict.fault, "\(broken.variant) was not found out:\n\(verdict.tail)")
        #expect(broken.faults.contains(fault), "\(verdict.tail)")
    }

    @Test func `a missing program is named with its package`() {
        #expect {
            _ = try Program("spin-that-is-not-there", package: "spin")
        } throws: {
            "\($0)".hasSuffix("apt-get install spin")
        }
    }
}
