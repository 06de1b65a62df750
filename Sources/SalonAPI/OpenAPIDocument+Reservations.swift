extension OpenAPIDocument {
    /// The paths of holds and bookings.
    static let reservationPaths = Operation.paths(reservationOperations)

    private static let bookingParameter: JSONValue = [
        "name": "id", "in": "path", "required": true,
        "description": "The `id` of the hold or booking; whoever knows it may act on it.",
        "schema": ["type": "string", "format": "uuid"],
    ]

    private static let keyParameter: JSONValue = [
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description":
            "A name for this request, such as a UUID. The same request with the same key has one effect and one answer.",
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
            description: "Without whom it is for.", parameters: [bookingParameter],
            responses: responses([("200", "The booking", "Booking")], problems: always + ["304", "504"])),
        Operation(
            method: "patch", route: .booking, name: "moveBooking", summary: "Move a booking",
            description:
                "Moves the whole booking, `start` being that of its first step, or each of its steps. Steps keep their "
                + "people unless others are named. The salon's cancellation window holds.",
            parameters: [bookingParameter, keyParameter], body: "MoveRequest",
            example: ["start": Examples.Marker.later.placeholder],
            responses: responses(
                [("200", "The booking as it now is", "Booking")], problems: always + ["409", "413", "415", "422"])),
        Operation(
            method: "delete", route: .booking, name: "cancelBooking", summary: "Cancel a booking",
            description: "Frees the time at once. The salon's cancellation window holds.",
            parameters: [bookingParameter, keyParameter],
            responses: responses([("200", "What became of it", "Booking")], problems: always + ["409", "422"])),
        Operation(
            method: "delete", route: .customer, name: "eraseCustomer", summary: "Forget whom a booking is for",
            description: "Erases name and contact; the booking stays. Doing it again does nothing.",
            parameters: [bookingParameter],
            responses: responses([("204", "Nothing personal is kept", nil)], problems: always)),
    ]
}
