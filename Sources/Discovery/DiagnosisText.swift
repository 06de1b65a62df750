import Directory
import Geodesy
import JSON

/// Says in the request's own words why an answer is empty.
enum DiagnosisText {
    static func json(_ diagnosis: Diagnosis, request: NearbyRequest) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("within_radius", .integer(diagnosis.withinRegion)),
            .init("removed", .object(removed(diagnosis, request: request))),
        ]
        if let unknown = hoursUnknown(diagnosis) { members.append(unknown) }
        if let relax = diagnosis.relax { members.append(.init("relax", .string(parameter(relax, request)))) }
        if let nearest = diagnosis.nearest { members.append(.init("nearest_m", .number(meters(nearest)))) }
        return .object(members)
    }

    /// The member that says of how many salons the hours are not known, and why; nil where they are of all.
    static func hoursUnknown(_ diagnosis: Diagnosis) -> JSONValue.Member? {
        guard !diagnosis.hoursUnknown.isEmpty else { return nil }
        let counts = diagnosis.hoursUnknown.sorted { $0.key < $1.key }
        return .init("hours_unknown", .object(counts.map { .init($0.key, .integer($0.value)) }))
    }

    /// Metres with at most two decimals; as a radius they hold the salon that they were measured to.
    static func meters(_ distance: Meters) -> Double { Double(distance.hundredthsRoundedUp) / 100 }

    /// A member for each condition that removes something.
    static func removed(_ diagnosis: Diagnosis, request: NearbyRequest) -> [JSONValue.Member] {
        Diagnosis.Condition.allCases.compactMap { condition -> JSONValue.Member? in
            guard let count = diagnosis.removed[condition], count > 0 else { return nil }
            return .init(parameter(condition, request), .integer(count))
        }
    }

    static func parameter(_ condition: Diagnosis.Condition, _ request: NearbyRequest) -> String {
        switch condition {
        case .openNow: request.openNow ? "open_now" : "open_at"
        case .radius:
            switch request.region {
            case .box: "bbox"
            case .area: "area"
            case .circle, .everywhere: "radius_m"
            }
        case .attributes, .category, .exclude, .minimumRating, .price: condition.rawValue
        }
    }
}
