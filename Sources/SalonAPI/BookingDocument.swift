import Foundation
import Reservations
import Scheduling

/// Bookings and slots as JSON, in the salon's local time, or in UTC where its zone is not known. Never who the customer is.
struct BookingDocument {
    let zone: TimeZone?

    /// One hold or booking.
    static func of(_ booking: Booking) -> JSONValue { BookingDocument(zone: booking.zone).booking(booking) }

    private func booking(_ booking: Booking) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .string("\(booking.id)")), ("salon", .string("\(booking.salon)")),
            ("status", .string(booking.status.rawValue)), ("version", .number(Double(booking.version))),
            ("start", instant(booking.start)), ("end", instant(booking.end)),
        ]
        if let zone { members.append(("time_zone", .string(zone.identifier))) }
        if let series = booking.series { members.append(("series", .string(series.uuidString.lowercased()))) }
        if booking.status == .held, let expires = booking.expires {
            members.append(("expires_at", .string(Timestamp.milliseconds(expires))))
        }
        if booking.steps.count == 1, let step = booking.steps.first {
            members += [("service", .string("\(step.service)")), ("staff", .string("\(step.staff)"))]
        }
        if let price = total(booking.steps.map(\.price)) { members.append(("price", price)) }
        members.append(("steps", .array(booking.steps.map(step))))
        return .object(members)
    }

    private func step(_ step: Booking.Step) -> JSONValue {
        part(service: step.service, staff: step.staff, start: step.start, end: step.end, price: step.price)
    }

    /// One offer; several are had together and are its steps.
    func slot(_ offers: [Offer]) -> JSONValue {
        if offers.count == 1, let offer = offers.first { return part(offer) }
        var members: [(String, JSONValue)] = [
            ("start", instant(offers.map(\.start).min() ?? .distantPast)),
            ("end", instant(offers.map(\.end).max() ?? .distantPast)),
        ]
        if let price = total(offers.map(\.price)) { members.append(("price", price)) }
        members.append(("steps", .array(offers.map(part))))
        return .object(members)
    }

    private func part(_ offer: Offer) -> JSONValue {
        part(service: offer.service, staff: offer.staff, start: offer.start, end: offer.end, price: offer.price)
    }

    private func part(service: ServiceID, staff: StaffID, start: Date, end: Date, price: Price?) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("service", .string("\(service)")), ("staff", .string("\(staff)")), ("start", instant(start)),
            ("end", instant(end)),
        ]
        if let price { members.append(("price", Self.price(price))) }
        return .object(members)
    }

    func instant(_ date: Date) -> JSONValue {
        .string(zone.map { Timestamp.text(date, in: $0) } ?? Timestamp.utc(date))
    }

    static func price(_ price: Price) -> JSONValue {
        ["amount": .number(Double(price.amount)), "currency": .string(price.currency)]
    }

    /// The sum, if all prices are known and of one currency.
    private func total(_ prices: [Price?]) -> JSONValue? {
        let known = prices.compactMap { $0 }
        guard known.count == prices.count, let first = known.first, known.allSatisfy({ $0.currency == first.currency })
        else { return nil }
        return Self.price(Price(amount: known.reduce(0) { $0 + $1.amount }, currency: first.currency))
    }
}
