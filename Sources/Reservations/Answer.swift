import Foundation
import Salons
import Scheduling

/// What the functions in the database answer.
struct Answer: Decodable {
    struct Step: Decodable {
        let staff: UUID
        let service: UUID
        let start: Double
        let end: Double
        let amount: Int?
        let currency: String?
    }

    struct Item: Decodable {
        let id: UUID
        let salon: UUID
        let status: String
        let version: Int64
        let series: UUID?
        let expires: Double?
        let zone: String?
        let steps: [Step]?
    }

    let outcome: String
    let bookings: [Item]?
    let conflicts: [Int]?
    /// Minutes before the start until which customers may change a booking, where it is too late for that.
    let window: Int?
    let replayed: Bool?

    /// Reads the JSON of an answer.
    init(_ document: [UInt8]) throws(ReservationError) {
        do {
            self = try JSONDecoder().decode(Answer.self, from: Data(document))
        } catch {
            throw .failed("an answer of the database has another form")
        }
    }

    /// The bookings of an answer.
    func items() throws(ReservationError) -> [Booking] { try Self.read(bookings ?? []) }

    /// Bookings as the database describes them by themselves.
    static func items(_ document: [UInt8]) throws(ReservationError) -> [Booking] {
        let items: [Item]
        do {
            items = try JSONDecoder().decode([Item].self, from: Data(document))
        } catch {
            throw .failed("a description of bookings has another form")
        }
        return try read(items)
    }

    private static func read(_ items: [Item]) throws(ReservationError) -> [Booking] {
        try items.map { item throws(ReservationError) in
            guard let status = Booking.Status(rawValue: item.status) else {
                throw .failed("a booking has the status \(item.status)")
            }
            return Booking(
                id: BookingID(item.id), salon: SalonID(item.salon), status: status, version: item.version,
                series: item.series, expires: item.expires.map { Date(timeIntervalSince1970: $0) },
                zone: item.zone.flatMap { TimeZone(identifier: $0) },
                steps: (item.steps ?? []).map { step in
                    var price: Price?
                    if let amount = step.amount, let currency = step.currency {
                        price = Price(amount: amount, currency: currency)
                    }
                    return Booking.Step(
                        staff: StaffID(step.staff), service: ServiceID(step.service),
                        start: Date(timeIntervalSince1970: step.start), end: Date(timeIntervalSince1970: step.end),
                        price: price)
                })
        }
    }
}
