import Foundation
import Reservations
import Scheduling

/// The body of `PATCH /v1/bookings/{id}`: `start` moves the whole visit, `steps` each of its steps.
struct MoveBody {
    /// Where one step goes.
    struct Step {
        var staff: StaffID?
        var start: Date
    }

    /// Where to.
    enum Target {
        case start(Date, staff: StaffID?)
        case steps([Step])
    }

    let target: Target
    /// The version that the caller has seen; nil moves whatever is there.
    let version: Int64?

    static func parse(_ bytes: [UInt8]) throws(Problem) -> MoveBody {
        let root = try BodyReader.root(bytes)
        var reader = BodyReader()
        let version = reader.integer("version", in: root, within: 1...Int(Int32.max))
        let target = target(root, &reader)
        try reader.finish()
        guard let target else { throw Problem(kind: .invalidBody) }
        return MoveBody(target: target, version: version.map { Int64($0) })
    }

    private static func target(_ root: BodyReader.Object, _ reader: inout BodyReader) -> Target? {
        if root.members["steps"] != nil {
            reader.allow(["steps", "version"], in: root)
            guard let parts = reader.objects("steps", in: root, count: 1...Visit.maximumSteps) else { return nil }
            var steps: [Step] = []
            for part in parts {
                reader.allow(["start", "staff"], in: part)
                if let step = step(part, &reader) { steps.append(step) }
            }
            return steps.count == parts.count ? .steps(steps) : nil
        }
        reader.allow(["start", "staff", "version"], in: root)
        return step(root, &reader).map { .start($0.start, staff: $0.staff) }
    }

    private static func step(_ object: BodyReader.Object, _ reader: inout BodyReader) -> Step? {
        let start = reader.instant("start", in: object)
        let staff = reader.identifier("staff", in: object, isRequired: false, StaffID.init(_:))
        return start.map { Step(staff: staff, start: $0) }
    }
}
