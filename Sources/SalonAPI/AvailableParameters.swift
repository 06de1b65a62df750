import Availability
import Discovery
import Foundation
import Scheduling

/// Turns the parameters of `/v1/salons/available` into a question, or says everything that is wrong with them at once.
struct AvailableParameters {
    private let query: QueryString
    private var faults: [Problem.Fault] = []

    /// The widest window, in minutes and in seconds.
    static let longestMinutes = 1_440
    static let longestWindow: TimeInterval = 14 * 86_400
    static let maximumParty = 8

    static func parse(_ query: QueryString) throws(Problem) -> AvailableRequest {
        let (nearby, faults) = NearbyParameters.common(query, others: ParameterSpecification.availableOnlyNames)
        var parser = AvailableParameters(query: query)
        parser.faults = faults
        let wish = parser.wish()
        let staff = parser.staff()
        let start = parser.start()
        let party = parser.number("party", within: 1...maximumParty) ?? 1
        if party > 1, staff != nil {
            parser.fault("party", "contradicts staff: one person serves one customer at a time")
        }
        if party > 1, query["service"] == nil { parser.fault("party", "needs a service") }
        let isWalking = parser.choice("walk", ["true": true, "false": false]) ?? false
        let isStrong = parser.choice("consistency", ["strong": true, "feed": false]) ?? false
        let order =
            parser.choice(
                "sort", ["distance": .distance, "soonest": .soonest, "distance,soonest": .distanceBandThenSoonest])
            ?? AvailableRequest.Order.distance
        guard parser.faults.isEmpty, let nearby else { throw .parameters(parser.faults) }
        return AvailableRequest(
            nearby: nearby, wish: wish, staff: staff, start: start, party: party, isWalking: isWalking,
            isStrong: isStrong, order: order)
    }

    private init(query: QueryString) {
        self.query = query
    }

    private mutating func fault(_ parameter: String, _ detail: String) {
        faults.append(.init(parameter: parameter, detail: detail))
    }

    private mutating func wish() -> AvailabilityQuestion.Wish {
        guard let text = query["service"] else { return .anything }
        if let id = ServiceID(text) { return .service(id) }
        if let category = ServiceCategory(rawValue: text) { return .category(category) }
        fault(
            "service",
            "must be the identifier of a service or a category, which are "
                + ServiceCategory.allCases.map(\.rawValue).joined(separator: ", "))
        return .anything
    }

    private mutating func staff() -> StaffID? {
        guard let text = query["staff"] else { return nil }
        guard let staff = StaffID(text) else {
            fault("staff", "must be a UUID")
            return nil
        }
        return staff
    }

    private mutating func start() -> AvailableRequest.Start {
        let minutes = number("within_min", within: 1...Self.longestMinutes)
        let from = instant("from")
        let to = instant("to")
        if query["from"] == nil, query["to"] == nil { return .within(minutes: minutes ?? 60) }
        for name in ["from", "to"] where query[name] != nil && query["within_min"] != nil {
            fault(name, "contradicts within_min; give one of the two")
        }
        guard query["from"] != nil, query["to"] != nil else {
            fault(query["from"] == nil ? "from" : "to", "is missing; from goes with to")
            return .within(minutes: 60)
        }
        guard let from, let to else { return .within(minutes: 60) }
        if to <= from { fault("to", "must be later than from") }
        if to.timeIntervalSince(from) > Self.longestWindow { fault("to", "must be within 14 days of from") }
        return .between(from, max(to, from))
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

    private mutating func choice<Value>(_ name: String, _ values: KeyValuePairs<String, Value>) -> Value? {
        guard let text = query[name] else { return nil }
        guard let value = values.first(where: { $0.key == text })?.value else {
            fault(name, "must be \(values.map(\.key).joined(separator: " or "))")
            return nil
        }
        return value
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
