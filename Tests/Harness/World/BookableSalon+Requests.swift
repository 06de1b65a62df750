public import Foundation
public import Scheduling

/// What a caller of the HTTP interface sends about a salon, and what it is answered.
extension BookableSalon {
    /// An instant as an answer writes it.
    public static func text(_ instant: Date, zone: TimeZone = .copenhagen) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = zone
        return formatter.string(from: instant).replacing("Z", with: "+00:00")
    }

    /// A local time some days from now as an answer writes it.
    public func text(_ hour: Int, _ minute: Int = 0, day: Int = 5) -> String {
        Self.text(at(hour, minute, day: day), zone: zone)
    }

    /// The member of a body that says who books.
    public static let customer = #""customer":{"name":"Kunigunde Kanarie","email":"kunigunde@kanarie.example"}"#

    /// A body's members for one step.
    public func wish(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: String) -> String {
        let person = staff.map { #","staff":"\#($0)""# } ?? ""
        return #""salon":"\#(id)","service":"\#(service ?? cut)","start":"\#(start)"\#(person)"#
    }

    /// The body of a booking of one step.
    public func booking(_ service: ServiceID? = nil, by staff: StaffID? = nil, at start: String) -> String {
        "{\(wish(service, by: staff, at: start)),\(Self.customer)}"
    }

    /// The slots of a window.
    public func slots(_ door: Door, _ query: String) async throws -> Reply {
        try await door.ask("/v1/salons/\(id)/slots?\(query)")
    }

    /// A window as parameters.
    public func window(_ from: String, _ to: String) -> String { "from=\(encoded(from))&to=\(encoded(to))" }
}
