import Foundation
import Salons
import Scheduling

/// The body of `POST /v1/availability:lookup`: offers that somebody has seen and wants to know the truth of.
enum LookupBody {
    /// One offer.
    struct Offered: Sendable, Hashable {
        var salon: SalonID
        var service: ServiceID
        var staff: StaffID?
        var start: Date
    }

    /// The most offers of one call.
    static let maximum = 100

    static func parse(_ bytes: [UInt8]) throws(Problem) -> [Offered] {
        let root = try BodyReader.root(bytes)
        var reader = BodyReader()
        reader.allow(["offers"], in: root)
        var offered: [Offered] = []
        for object in reader.objects("offers", in: root, count: 1...maximum) ?? [] {
            reader.allow(["salon", "service", "staff", "start"], in: object)
            let salon = reader.identifier("salon", in: object, SalonID.init(_:))
            let service = reader.identifier("service", in: object, ServiceID.init(_:))
            let staff = reader.identifier("staff", in: object, isRequired: false, StaffID.init(_:))
            let start = reader.instant("start", in: object)
            guard let salon, let service, let start else { continue }
            offered.append(Offered(salon: salon, service: service, staff: staff, start: start))
        }
        try reader.finish()
        return offered
    }
}
