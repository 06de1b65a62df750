import Reservations
import Salons
import Scheduling

/// The body of `POST /v1/bookings`: a visit, a hold that is to be kept, or a visit that recurs; and for whom.
struct BookingBody {
    /// What is to be booked.
    enum Wish {
        case visit(VisitBody)
        case hold(BookingID)
        case series(VisitBody, Recurrence)
    }

    let wish: Wish
    let customer: Customer

    /// How many weeks may lie between two occurrences.
    static let weeks = 1...52
    /// How many occurrences a series may have.
    static let occurrences = 2...Recurrence.maximumCount

    static func parse(_ bytes: [UInt8]) throws(Problem) -> BookingBody {
        let root = try BodyReader.root(bytes)
        var reader = BodyReader()
        let wish = wish(root, &reader)
        let customer = CustomerBody.read(root, &reader)
        try reader.finish()
        guard let wish, let customer else { throw Problem(kind: .invalidBody) }
        return BookingBody(wish: wish, customer: customer)
    }

    private static func wish(_ root: BodyReader.Object, _ reader: inout BodyReader) -> Wish? {
        if root.members["hold"] != nil {
            reader.allow(["hold", "customer"], in: root)
            return reader.identifier("hold", in: root, BookingID.init(_:)).map { .hold($0) }
        }
        reader.allow(VisitBody.members + ["hold", "recurrence", "customer"], in: root)
        let visit = VisitBody.read(root, &reader)
        guard root.members["recurrence"] != nil else { return visit.map { .visit($0) } }
        let recurrence = recurrence(root, &reader)
        guard let visit, let recurrence else { return nil }
        guard visit.visit.steps.count == 1 else {
            reader.fault("recurrence", in: root, "is for one service and one person; book others one by one")
            return nil
        }
        return .series(visit, recurrence)
    }

    private static func recurrence(_ root: BodyReader.Object, _ reader: inout BodyReader) -> Recurrence? {
        guard let object = reader.object("recurrence", in: root) else { return nil }
        reader.allow(["every_weeks", "count"], in: object)
        let weeks = reader.integer("every_weeks", in: object, within: weeks, isRequired: true)
        let count = reader.integer("count", in: object, within: occurrences, isRequired: true)
        guard let weeks, let count else { return nil }
        return Recurrence(everyWeeks: weeks, count: count)
    }
}

/// The body of `POST /v1/holds`: a visit.
enum HoldBody {
    static func parse(_ bytes: [UInt8]) throws(Problem) -> VisitBody {
        let root = try BodyReader.root(bytes)
        var reader = BodyReader()
        reader.allow(VisitBody.members, in: root)
        let visit = VisitBody.read(root, &reader)
        try reader.finish()
        guard let visit else { throw Problem(kind: .invalidBody) }
        return visit
    }
}
