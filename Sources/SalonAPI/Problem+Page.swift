extension Problem.Kind {
    /// What has happened, for the kind's page.
    var meaning: String {
        switch self {
        case .invalidParameter:
            "A parameter of the path or the query, or a header field, cannot be used. <code>errors</code> names each."
        case .invalidCursor:
            "A cursor belongs to one question of one caller. This one was altered, is of another question, or is older "
                + "than the key that signed it."
        case .invalidRequest: "The request breaks the rules of HTTP, or its body did not arrive whole."
        case .invalidBody:
            "The body is not JSON, or a member of it cannot be used. <code>errors</code> points to each (RFC 6901)."
        case .unauthorized: "The key in <code>Authorization</code> is not known, or was revoked."
        case .originNotAllowed: "The key may be used in pages of some origins only, and this page's is not among them."
        case .notFound: "There is no such path."
        case .unknownSalon: "There is no such salon, it is not published, or it belongs to somebody else."
        case .unknownBooking: "There is no such hold or booking, or it belongs to somebody else."
        case .methodNotAllowed: "The path has other methods; <code>Allow</code> lists them."
        case .slotTaken: "Somebody else has booked the time since it was offered."
        case .seriesConflicts:
            "Some of the repetitions cannot be had, so none was booked. <code>conflicts</code> lists them."
        case .alreadyBooked: "The hold has become a booking, and a booking is not released but cancelled."
        case .bookingEnded: "The booking was cancelled, or the time of its hold is over."
        case .changedMeanwhile: "The booking has another version than the request was made for."
        case .tooLate: "The salon lets bookings be changed up to some minutes before they begin, and that is over."
        case .holdExpired: "A hold lasts a few minutes, and these are over."
        case .requestTimeout: "The rest of the request did not arrive in time."
        case .payloadTooLarge: "The body has more bytes than the service takes."
        case .unsupportedMediaType: "The service takes JSON."
        case .ruleViolation: "The salon does not offer this. <code>errors</code> names the rule."
        case .invalidVisit: "The steps overlap, or one person would have to do two things at once."
        case .keyReused: "The <code>Idempotency-Key</code> was used before, with another request."
        case .deadlineExceeded: "The answer took longer than anybody should wait."
        case .outcomeUnknown:
            "The database did not say whether the write was done. It was done wholly or not at all."
        case .unavailable: "The service cannot reach what it needs to answer."
        case .notReady: "The service has just started and is loading."
        case .overloaded: "More requests are under way than the service can answer in time."
        case .internalError: "The service made a mistake; it is in its log under <code>request_id</code>."
        }
    }

    /// What its reader can do.
    var advice: String {
        switch self {
        case .invalidParameter, .invalidBody, .invalidRequest:
            "Correct what is named and send the request again. Sent unchanged, it fails again."
        case .invalidCursor: "Begin again without <code>cursor</code>."
        case .unauthorized: "Check the key, or leave the field out to search the published salons of all tenants."
        case .originNotAllowed: "Have the tenant add the origin to the key."
        case .notFound: "See <a href=\"/docs\">/docs</a> for what there is."
        case .unknownSalon, .unknownBooking: "Check the identifier, and with whose key it is asked for."
        case .methodNotAllowed: "Use one of the methods in <code>Allow</code>."
        case .slotTaken: "Offer one of <code>alternatives</code>, or ask for free times again."
        case .seriesConflicts: "Choose another time, or book those that are free one by one."
        case .alreadyBooked: "Cancel the booking: <code>DELETE /v1/bookings/{id}</code>."
        case .bookingEnded: "Book anew."
        case .changedMeanwhile: "Read the booking, and decide again."
        case .tooLate: "Call the salon."
        case .holdExpired: "Book the time as new; it may still be free."
        case .requestTimeout: "Send it again over a better connection."
        case .payloadTooLarge: "Send less at once."
        case .unsupportedMediaType: "Send <code>Content-Type: application/json</code> and JSON."
        case .ruleViolation, .invalidVisit: "Ask for free times and choose one of those."
        case .keyReused: "Take a new key for a new request, and the old key only to repeat the old one."
        case .outcomeUnknown: "Send the same request again, with the same key: the answer then says what became of it."
        case .deadlineExceeded, .unavailable, .notReady, .overloaded:
            "Try again, after the seconds in <code>Retry-After</code> where it is there."
        case .internalError: "Report the <code>request_id</code>."
        }
    }
}
