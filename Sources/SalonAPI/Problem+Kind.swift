import HTTPTypes

extension Problem {
    /// The stable part of the type URI: what follows the base, as in `/problems/not-found`. Clients compare the whole;
    /// who opens it finds a page about it.
    enum Kind: String, Sendable, CaseIterable {
        case invalidParameter = "invalid-parameter"
        case invalidCursor = "invalid-cursor"
        case invalidRequest = "invalid-request"
        case invalidBody = "invalid-body"
        case unauthorized = "unauthorized"
        case originNotAllowed = "origin-not-allowed"
        case notFound = "not-found"
        case unknownSalon = "unknown-salon"
        case unknownBooking = "unknown-booking"
        case methodNotAllowed = "method-not-allowed"
        case slotTaken = "slot-taken"
        case seriesConflicts = "series-conflicts"
        case alreadyBooked = "already-booked"
        case bookingEnded = "booking-ended"
        case changedMeanwhile = "changed-meanwhile"
        case tooLate = "too-late"
        case holdExpired = "hold-expired"
        case requestTimeout = "request-timeout"
        case payloadTooLarge = "payload-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case ruleViolation = "rule-violation"
        case invalidVisit = "invalid-visit"
        case keyReused = "idempotency-key-reused"
        case deadlineExceeded = "deadline-exceeded"
        case outcomeUnknown = "outcome-unknown"
        case unavailable = "unavailable"
        case notReady = "not-ready"
        case overloaded = "overloaded"
        case internalError = "internal-error"

        var status: HTTPResponse.Status {
            switch self {
            case .invalidParameter, .invalidCursor, .invalidRequest, .invalidBody: .badRequest
            case .unauthorized: .unauthorized
            case .originNotAllowed: .forbidden
            case .notFound, .unknownSalon, .unknownBooking: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .slotTaken, .seriesConflicts, .alreadyBooked, .bookingEnded, .changedMeanwhile, .tooLate: .conflict
            case .holdExpired: .gone
            case .ruleViolation, .invalidVisit, .keyReused: .unprocessableContent
            case .requestTimeout: .requestTimeout
            case .payloadTooLarge: .contentTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .deadlineExceeded: .gatewayTimeout
            case .notReady, .overloaded, .outcomeUnknown, .unavailable: .serviceUnavailable
            case .internalError: .internalServerError
            }
        }

        var title: String {
            switch self {
            case .invalidParameter: "A parameter is missing, unknown or out of range"
            case .invalidCursor: "The cursor does not belong to this question"
            case .invalidRequest: "The request is malformed"
            case .invalidBody: "A member of the body is missing, unknown or out of range"
            case .unauthorized: "The credential is not valid"
            case .originNotAllowed: "The key may not be used from this origin"
            case .notFound: "There is nothing here"
            case .unknownSalon: "There is no such salon here"
            case .unknownBooking: "There is no such hold or booking"
            case .slotTaken: "Somebody else has the time"
            case .seriesConflicts: "Not all of the series can be had, so nothing was booked"
            case .alreadyBooked: "The hold has become a booking"
            case .bookingEnded: "The booking was cancelled or its hold is over"
            case .changedMeanwhile: "Somebody has changed the booking since"
            case .tooLate: "It is too late to change the booking"
            case .holdExpired: "The hold is over"
            case .ruleViolation: "A rule of the salon forbids it"
            case .invalidVisit: "The visit cannot be had as asked"
            case .keyReused: "The idempotency key was used for another request"
            case .methodNotAllowed: "The method is not allowed here"
            case .requestTimeout: "The request did not arrive in time"
            case .payloadTooLarge: "The body is too large"
            case .unsupportedMediaType: "The body is of another type than the call takes"
            case .deadlineExceeded: "The answer took too long"
            case .outcomeUnknown: "It is not known whether the request took effect"
            case .unavailable: "The service cannot reach its data"
            case .notReady: "The service is starting"
            case .overloaded: "The service is busy"
            case .internalError: "Something went wrong here"
            }
        }
    }
}
