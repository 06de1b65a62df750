import Foundation
import Reservations
import Salons
import Scheduling

/// What a body wants to take: `salon` with `service`, `start`, maybe `staff` or `party`; or `salon` with `steps`.
struct VisitBody {
    let visit: Visit
    /// Whether the steps were written out, rather than meant by the short form.
    let hasSteps: Bool

    static let members = ["salon", "service", "staff", "start", "party", "steps"]
    private static let short = ["service", "staff", "start", "party"]

    /// Reads the visit; nil when something is wrong with it, and then the reader knows what.
    static func read(_ object: BodyReader.Object, _ reader: inout BodyReader) -> VisitBody? {
        let salon = reader.identifier("salon", in: object, SalonID.init(_:))
        guard object.members["steps"] != nil else {
            guard let step = step(object, &reader, others: nil) else { return nil }
            let party = reader.integer("party", in: object, within: 1...Visit.maximumSteps)
            if let party, party > 1, object.members["staff"] != nil {
                reader.fault("staff", in: object, "cannot serve a party; name everybody's in steps")
            }
            guard let salon else { return nil }
            let visit = Visit(salon: salon, steps: Array(repeating: step, count: party ?? 1))
            return VisitBody(visit: visit, hasSteps: false)
        }
        for name in short where object.members[name] != nil {
            reader.fault(name, in: object, "contradicts steps; give one of the two")
        }
        guard let parts = reader.objects("steps", in: object, count: 1...Visit.maximumSteps) else { return nil }
        let steps = parts.compactMap { step($0, &reader, others: ["service", "staff", "start"]) }
        guard let salon, steps.count == parts.count else { return nil }
        return VisitBody(visit: Visit(salon: salon, steps: steps), hasSteps: true)
    }

    private static func step(
        _ object: BodyReader.Object, _ reader: inout BodyReader, others: [String]?
    ) -> Visit.Step? {
        if let others { reader.allow(others, in: object) }
        let service = reader.identifier("service", in: object, ServiceID.init(_:))
        let staff = reader.identifier("staff", in: object, isRequired: false, StaffID.init(_:))
        let start = reader.instant("start", in: object)
        guard let service, let start else { return nil }
        return Visit.Step(service: service, staff: staff, start: start)
    }

    /// Where a member of a step stands in the body.
    func pointer(step: Int, _ member: String) -> String {
        hasSteps ? "/steps/\(step)/\(member)" : "/\(member)"
    }
}
