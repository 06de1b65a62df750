extension OpenAPIDocument {
    /// The paths of holds and bookings.
    static let reservationPaths = Operation.paths(reservationOperations)

    private static let bookingParameter: JSONValue = [
        "name": "id", "in": "path", "required": true,
        "description": "The `id` of the hold or booking; whoever knows it may act on it.",
        "schema": ["type": "string", "format": "uuid"],
    ]

    private static let keyDescription =
        "A name for this request, such as a UUID. One key has one outcome: a request that took effect is answered so again "
        + "for three days, and one that was refused with 409 or 410 for an hour, also when a server was cut off in between. "
        + "A request that was refused with 400, 404 or 422 had no effect and is judged anew."

    private static let keyParameter: JSONValue = [
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": .string(keyDescription),
        "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"],
        "example": Examples.Marker.key.placeholder,
    ]

    private static let always = ["400", "401", "403", "404", "405", "503"]
    private static let replay = "As before, with `Idempotency-Replayed: true`"

    /// Everything that takes, moves or frees time.
    static let reservationOperations: [Operation] = [
        Operation(
            method: "post", route: .holds, name: "createHold", summary: "Keep a time for a few minutes",
            description: "Takes the time for five minutes, in which it can be booked.", parameters: [keyParameter],
            body: "HoldRequest", example: visit,
            responses: responses(
                [("201", "The hold", "Booking"), ("200", replay, "Booking")],
                problems: always + ["409", "413", "415", "422"])),
        Operation(
            method: "delete", route: .hold, name: "releaseHold", summary: "Give a held time back",
            description: "Frees the time at once; a hold that has become a booking stays.",
            parameters: [bookingParameter, keyParameter],
            responses: responses([("200", "What became of it", "Booking")], problems: always + ["409", "422"])),
        Operation(
            method: "post", route: .bookings, name: "createBooking", summary: "Book",
            description:
                "Books a time, a hold, several steps together, a party, or a series; all of it or nothing. When somebody "
                + "else has the time, `alternatives` of the problem are free; for several steps, for the first of them.",
            parameters: [keyParameter], body: "BookingRequest",
            example: [
                "salon": Examples.Marker.salon.placeholder, "service": Examples.Marker.service.placeholder,
                "start": Examples.Marker.start.placeholder,
                "customer": ["name": "Ida Example", "email": "ida@example.com"],
            ],
            responses: responses(
                [("201", "The booking, or the series", "BookingOrSeries"), ("200", replay, "BookingOrSeries")],
                problems: always + ["409", "410", "413", "415", "422"])),
        Operation(
            method: "get", route: .booking, name: "getBooking", summary: "A hold or booking as it now is",
            description:
                "Without whom it is for. Where the salon's time zone is not known, `time_zone` is left out and all times "
                + "are in UTC (`Z`).", parameters: [bookingParameter],
            responses: responses([("200", "The booking", "Booking")], problems: always + ["304", "504"])),
        Operation(
            method: "patch", route: .booking, name: "moveBooking", summary: "Move a booking",
            description:
                "Moves the whole booking, `start` being that of its first step, or each of its steps. Steps keep their "
                + "people unless others are named. The cancellation window that the salon has now holds. A move to where "
                + "the booking is already changes nothing: its `version` stays. A salon that is not published takes none.",
            parameters: [bookingParameter, keyParameter], body: "MoveRequest",
            example: ["start": Examples.Marker.later.placeholder],
            responses: responses(
                [("200", "The booking as it now is", "Booking")], problems: always + ["409", "413", "415", "422"])),
        Operation(
            method: "delete", route: .booking, name: "cancelBooking", summary: "Cancel a booking",
            description:
                "Frees the time at once, also in a salon that is not published any more. The cancellation window that the "
                + "salon has now holds.",
            parameters: [bookingParameter, keyParameter],
            responses: responses([("200", "What became of it", "Booking")], problems: always + ["409", "422"])),
        Operation(
            method: "delete", route: .customer, name: "eraseCustomer", summary: "Forget whom a booking is for",
            description: "Erases name and contact; the booking stays. Doing it again does nothing.",
            parameters: [bookingParameter],
            responses: responses([("204", "Nothing personal is kept", nil)], problems: always)),
    ]
}
