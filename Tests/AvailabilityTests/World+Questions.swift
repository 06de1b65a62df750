import Availability
import Foundation
import Harness
import Reservations
import Salons
import Scheduling

extension SalonPlan {
    /// A salon that offers nothing but a cut.
    static func cutsOnly(people: Int = 1) -> SalonPlan {
        .with {
            $0.menu = .cut
            $0.people = people
        }
    }
}

extension World {
    /// A salon without a calendar, beside the others.
    func plainSalon() async throws -> SalonID { try await store.salon(.sample("plain"), of: scope) }

    /// Books as another instance would: no board is told.
    @discardableResult
    func book(_ salon: BookableSalon? = nil, at start: Date = TestClock.at(9)) async throws -> Booking? {
        guard case .done(let bookings, _) = try await book((salon ?? bookable[0]).visit(at: start)) else { return nil }
        return bookings.first
    }

    func cancel(_ booking: Booking) async throws {
        _ = try await reservations.cancel(booking.id, scope: scope, key: .fresh())
    }

    /// Takes all of Anna's time between two instants.
    func blockOut(from start: Date, to end: Date) async throws {
        guard case .done = try await blocks.block(anna, in: salon, during: [start..<end], kind: .timeOff) else {
            throw DidNotHappen(description: "the time was taken")
        }
    }

    /// Asks for starts in a window.
    static func question(_ window: Range<Date>) -> AvailabilityQuestion {
        AvailabilityQuestion(.anything, staff: nil, window: window, now: Date(), party: 1)
    }

    /// Asks for starts from 09:00 on.
    static func question(
        _ wish: AvailabilityQuestion.Wish = .anything, staff: StaffID? = nil, hours: Int = 1, party: Int = 1
    ) -> AvailabilityQuestion {
        let start = TestClock.at(9)
        return AvailabilityQuestion(
            wish, staff: staff, window: start..<start + Double(hours) * 3_600, now: Date(), party: party)
    }
}

extension SalonAnswer {
    /// The start of a free answer.
    var start: Date? { if case .free(let offer) = self { offer.start } else { nil } }
}
