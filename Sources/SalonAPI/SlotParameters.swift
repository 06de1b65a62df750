import Foundation
import Scheduling

/// Turns the parameters of `/v1/salons/{id}/slots` into a question, or says everything that is wrong with them at once.
struct SlotParameters {
    private let query: QueryString
    private let now: Date
    private var faults: [Problem.Fault] = []

    static func parse(_ query: QueryString, now: Date) throws(Problem) -> SlotQuestion {
        var parser = SlotParameters(query: query, now: now)
        let question = parser.question()
        guard parser.faults.isEmpty else { throw .parameters(parser.faults) }
        return question
    }

    private init(query: QueryString, now: Date) {
        self.query = query
        self.now = now
    }

    private mutating func question() -> SlotQuestion {
        for (name, _) in query.pairs where !ParameterSpecification.slotNames.contains(name) {
            fault(name, "is not a parameter of this call")
        }
        let wanted = wanted()
        var staff: StaffID?
        if let text = query["staff"] {
            staff = StaffID(text)
            if staff == nil { fault("staff", "must be a UUID") }
        }
        let (from, to) = span()
        let party = number("party", within: 1...SlotQuestion.maximumParty)
        if let party, party > 1 {
            if wanted.count > 1 { fault("party", "contradicts several services; ask for one of the two") }
            if wanted.isEmpty { fault("party", "needs a service") }
            if staff != nil { fault("party", "contradicts staff: one person serves one customer at a time") }
        }
        let gap = number("max_gap_min", within: 0...SlotQuestion.longestGap)
        if gap != nil, query["service"] != nil, wanted.count < 2 {
            fault("max_gap_min", "lies between two services; name several in service")
        }
        if gap != nil, query["service"] == nil { fault("max_gap_min", "goes with service") }
        return SlotQuestion(
            wanted: wanted, staff: staff, from: from, to: to, party: party ?? 1, maximumGap: gap ?? 30,
            limit: number("limit", within: 1...SlotQuestion.maximumLimit) ?? SlotQuestion.defaultLimit)
    }

    private mutating func fault(_ parameter: String, _ detail: String) {
        faults.append(.init(parameter: parameter, detail: detail))
    }

    private mutating func wanted() -> [SlotQuestion.Wanted] {
        guard let text = query["service"] else { return [] }
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.count <= SlotQuestion.maximumSteps else {
            fault("service", "names more than \(SlotQuestion.maximumSteps) services")
            return []
        }
        var wanted: [SlotQuestion.Wanted] = []
        for word in words {
            if let id = ServiceID(word) {
                wanted.append(.service(id))
            } else if let category = ServiceCategory(rawValue: word) {
                wanted.append(.category(category))
            } else {
                fault(
                    "service",
                    "must be the identifier of a service or a category, which are "
                        + ServiceCategory.allCases.map(\.rawValue).joined(separator: ", "))
                break
            }
        }
        return wanted
    }

    private mutating func span() -> (Date, Date) {
        let minutes = number("within_min", within: 1...SlotQuestion.longestMinutes)
        let from = instant("from")
        let to = instant("to")
        if query["within_min"] != nil {
            for name in ["from", "to"] where query[name] != nil {
                fault(name, "contradicts within_min; give one of the two")
            }
            return (now, now + Double((minutes ?? 1) * 60))
        }
        let start = from ?? now
        let end = to ?? start + SlotQuestion.defaultSpan
        if query["to"] != nil, to == nil { return (start, end) }
        if end <= start { fault("to", "must be later than \(from == nil ? "now" : "from")") }
        if end.timeIntervalSince(start) > SlotQuestion.longestSpan { fault("to", "must be within 31 days of from") }
        return (start, end)
    }

    private mutating func instant(_ name: String) -> Date? {
        guard let text = query[name] else { return nil }
        do throws(Timestamp.Fault) {
            return try Timestamp.read(text)
        } catch {
            fault(name, error.inQuery)
            return nil
        }
    }

    private mutating func number(_ name: String, within range: ClosedRange<Int>) -> Int? {
        guard let text = query[name] else { return nil }
        guard let value = StrictNumber.integer(text), range.contains(value) else {
            fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }
}
