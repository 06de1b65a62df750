import HTTPKit
import Scheduling
import Tenancy

extension BookingAPI {
    private static let menu = Answer.json(200, "Services", MenuShapes.services, isValidated: true)
    private static let people = Answer.json(200, "People", MenuShapes.staff, isValidated: true)

    /// `GET /v1/salons/{id}/services`
    var services: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/salons/{id}/services", name: "getServices", "What a salon offers",
            "Services with lengths, prices and rules, in the salon's order.", tag: .salons, access: .anyone,
            limits: .reading, parameters: Self.salonID, answers: [Self.menu], problems: [.unavailable]
        ) { salon, call in Self.menu(try await roster(of: salon, call)).tagged(.seconds(60)) }
    }

    /// `GET /v1/salons/{id}/staff`
    var staff: Endpoint<TenantScope> {
        Endpoint(
            .get, "/v1/salons/{id}/staff", name: "getStaff", "Who works in a salon",
            "People and what each of them does, with lengths and prices of their own.", tag: .salons,
            access: .anyone, limits: .reading, parameters: Self.salonID, answers: [Self.people],
            problems: [.unavailable]
        ) { salon, call in Self.people(try await roster(of: salon, call)).tagged(.seconds(60)) }
    }
}
