import Directory
import Geodesy

/// Says in the request's own words why an answer is empty.
enum DiagnosisText {
    static func json(_ diagnosis: Diagnosis, request: NearbyRequest) -> String {
        let removed = removed(diagnosis, request: request)
        var text = "{\"within_radius\":\(diagnosis.withinRegion),\"removed\":{\(removed.joined(separator: ","))}"
        if let unknown = hoursUnknown(diagnosis) { text += ",\(unknown)" }
        if let relax = diagnosis.relax { text += ",\"relax\":\"\(parameter(relax, request))\"" }
        if let nearest = diagnosis.nearest {
            text += ",\"nearest_m\":\(meters(nearest))"
        }
        return text + "}"
    }

    /// The member that says of how many salons the hours are not known, and why; nil where they are of all.
    static func hoursUnknown(_ diagnosis: Diagnosis) -> String? {
        guard !diagnosis.hoursUnknown.isEmpty else { return nil }
        let counts = diagnosis.hoursUnknown.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return "\"hours_unknown\":{\(counts.joined(separator: ","))}"
    }

    /// Metres with at most two decimals; as a radius they hold the salon that they were measured to.
    static func meters(_ distance: Meters) -> Double { Double(distance.hundredthsRoundedUp) / 100 }

    /// A member for each condition that removes something.
    static func removed(_ diagnosis: Diagnosis, request: NearbyRequest) -> [String] {
        Diagnosis.Condition.allCases.compactMap { condition -> String? in
            guard let count = diagnosis.removed[condition], count > 0 else { return nil }
            return "\"\(parameter(condition, request))\":\(count)"
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
