public import Scheduling
public import Tenancy

/// What became of saying whether a customer was there.
public enum AttendanceOutcome: Sendable, Hashable {
    /// It stands in the booking: now, or since the same was said before.
    case done(Booking)
    /// It does not, and why.
    case refused(AttendanceRefusal)
}

/// Why it cannot be said whether a customer was there.
public enum AttendanceRefusal: Sendable, Hashable {
    /// No such booking.
    case unknownBooking
    /// It is no booking: it was cancelled, or is a hold or was one.
    case neverTookPlace
    /// It has not begun yet.
    case notBegun
    /// It ended longer ago than ``Reservations/attendanceDays``.
    case tooLongAgo
    /// Somebody else has changed the booking since.
    case changedMeanwhile
    /// The key was used before for another request.
    case keyReused
}

extension Reservations {
    /// Days after a booking's end until which the salon can say whether the customer was there, or correct it.
    public static let attendanceDays = 30

    /// Says whether a booking's customer was there, or corrects what was said. The salon's to say, so `scope` is not a
    /// customer's. The booking goes on taking the time that it took, and cannot be moved or cancelled any more.
    ///
    /// To say again what stands there already changes nothing.
    /// - Parameter version: what the caller believes the booking's version to be; nil says it whatever it is. Not a
    ///   part of what the key stands for, so that a command can be repeated after it has raised the version.
    public func markAttendance(
        of booking: BookingID, wasThere: Bool, version: Int64?, scope: TenantScope, key: IdempotencyKey
    ) async throws(ReservationError) -> AttendanceOutcome {
        var fingerprint = Fingerprint("attendance")
        fingerprint.add(booking.description)
        fingerprint.add(wasThere ? "there" : "away")
        let request = KeyedRequest(key, fingerprint)
        let answer = try await calls.call(
            .mark(request, booking: booking, version: version, wasThere: wasThere), scope: scope)
        switch answer.outcome {
        case .done:
            guard let found = answer.bookings.first else { throw .unexpected(answer.outcome) }
            return .done(found)
        case .notFound: return .refused(.unknownBooking)
        case .ended: return .refused(.neverTookPlace)
        case .notBegun: return .refused(.notBegun)
        case .tooLate: return .refused(.tooLongAgo)
        case .versionMismatch: return .refused(.changedMeanwhile)
        case .keyReused: return .refused(.keyReused)
        case .slotTaken, .tooSoon, .alreadyBooked, .holdExpired, .movedMeanwhile, .unknownSalon, .calendarChanged:
            throw .unexpected(answer.outcome)
        }
    }
}
