extension Problem.Kind {
    /// A parameter or a header field cannot be used.
    public static let invalidParameter = Self(
        "invalid-parameter", 400, "A parameter is missing, unknown or out of range",
        meaning:
            "A parameter of the path or the query, or a header field, cannot be used. <code>errors</code> names each.",
        advice: correct)

    /// A member of the body cannot be used.
    public static let invalidBody = Self(
        "invalid-body", 400, "A member of the body is missing, unknown or out of range",
        meaning:
            "The body is not JSON, or a member of it cannot be used. <code>errors</code> points to each (RFC 6901).",
        advice: correct)

    /// The request breaks the rules of HTTP.
    static let invalidRequest = Self(
        "invalid-request", 400, "The request is malformed",
        meaning: "The request breaks the rules of HTTP, or its body did not arrive whole.", advice: correct)

    /// The credential is not known.
    static let unauthorized = Self(
        "unauthorized", 401, "The credential is not valid",
        meaning: "The key in <code>Authorization</code> is not known, or was revoked.",
        advice: "Check the key, or leave the field out: what is public needs none.")

    /// The key may not be used here.
    static let originNotAllowed = Self(
        "origin-not-allowed", 403, "The key may not be used from this origin",
        meaning: "The key may be used in pages of some origins only, and this page's is not among them.",
        advice: "Have the tenant add the origin to the key.")

    /// The caller is known, and may not do this.
    static let forbidden = Self(
        "forbidden", 403, "The caller may not do this",
        meaning: "The credential is valid, and does not open this operation.",
        advice: "Ask somebody who may, or have the right given to you.")

    /// There is no such path.
    public static let notFound = Self(
        "not-found", 404, "There is nothing here", meaning: "There is no such path.",
        advice: "See <a href=\"/docs\">/docs</a> for what there is.")

    /// There is no such thing for this caller: `unknown-THING`.
    /// - Parameter thing: what is not there, in a word.
    public static func unknown(_ thing: String) -> Self {
        Self(
            "unknown-\(thing)", 404, "There is no such \(thing) here",
            meaning: "There is no such \(thing), it is not published, or it belongs to somebody else.",
            advice: "Check the identifier, and with whose key it is asked for.")
    }

    /// The path has other methods.
    static let methodNotAllowed = Self(
        "method-not-allowed", 405, "The method is not allowed here",
        meaning: "The path has other methods; <code>Allow</code> lists them.",
        advice: "Use one of the methods in <code>Allow</code>.")

    /// The request did not come in time.
    static let requestTimeout = Self(
        "request-timeout", 408, "The request did not arrive in time",
        meaning: "The rest of the request did not arrive in time.", advice: "Send it again over a better connection.")

    /// The body is too large.
    static let payloadTooLarge = Self(
        "payload-too-large", 413, "The body is too large",
        meaning: "The body has more bytes than the service takes.", advice: "Send less at once.")

    /// The body is no JSON.
    static let unsupportedMediaType = Self(
        "unsupported-media-type", 415, "The body is of another type than the call takes",
        meaning: "The service takes JSON.",
        advice: "Send <code>Content-Type: application/json</code> and JSON.")

    /// Nobody knows whether a write took effect.
    static let outcomeUnknown = Self(
        "outcome-unknown", 503, "It is not known whether the request took effect",
        meaning: "The database did not say whether the write was done. It was done wholly or not at all.",
        advice: "Send the same request again, with the same key: the answer then says what became of it.")

    /// The service cannot reach its data.
    public static let unavailable = Self(
        "unavailable", 503, "The service cannot reach its data",
        meaning: "The service cannot reach what it needs to answer.", advice: retry)

    /// The service is starting.
    public static let notReady = Self(
        "not-ready", 503, "The service is starting", meaning: "The service has just started and is loading.",
        advice: retry)

    /// Too many requests are under way.
    static let overloaded = Self(
        "overloaded", 503, "The service is busy",
        meaning: "More requests are under way than the service can answer in time.", advice: retry)

    /// The answer took too long.
    static let deadlineExceeded = Self(
        "deadline-exceeded", 504, "The answer took too long",
        meaning: "The answer took longer than anybody should wait.", advice: retry)

    /// A mistake of ours.
    public static let internalError = Self(
        "internal-error", 500, "Something went wrong here",
        meaning: "The service made a mistake; it is in its log under <code>request_id</code>.",
        advice: "Report the <code>request_id</code>.")

    /// Kinds that any operation can have, and those of requests that reach none.
    static let common = [
        invalidParameter, invalidBody, invalidRequest, unauthorized, originNotAllowed, forbidden, notFound,
        methodNotAllowed, requestTimeout, payloadTooLarge, unsupportedMediaType, outcomeUnknown, unavailable, notReady,
        overloaded, deadlineExceeded, internalError,
    ]

    /// What to do about a request that is wrong.
    public static let correct = "Correct what is named and send the request again. Sent unchanged, it fails again."
    /// What to do about a fault that passes.
    public static let retry = "Try again, after the seconds in <code>Retry-After</code> where it is there."
}
