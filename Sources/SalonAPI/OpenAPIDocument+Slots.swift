extension OpenAPIDocument {
    /// The paths of what one salon offers.
    static let slotPaths = Operation.paths(slotOperations)

    /// The parameter of the path that names a salon.
    static let salonParameter: JSONValue = [
        "name": "id", "in": "path", "required": true, "description": "The salon's `id`.",
        "schema": ["type": "string", "format": "uuid"], "example": Examples.Marker.salon.placeholder,
    ]

    /// Something that can be had.
    static let visit: JSONValue = [
        "salon": Examples.Marker.salon.placeholder, "service": Examples.Marker.service.placeholder,
        "start": Examples.Marker.start.placeholder,
    ]

    /// What one salon offers, and whether offers still hold.
    static let slotOperations: [Operation] = [
        Operation(
            method: "get", route: .slots, name: "getSlots", summary: "When a salon can take somebody",
            description:
                "Free as of `as_of`, read from the database. Each start once: where anybody may do it, `staff` is one "
                + "person who is free. Several services, or a party, are slots with `steps` that are had together.",
            parameters: [salonParameter] + ParameterSpecification.slots.map(\.document),
            responses: responses([("200", "Free times", "SlotList")], problems: searchProblems + ["304", "404"])),
        Operation(
            method: "get", route: .services, name: "getServices", summary: "What a salon offers",
            description: "Services with lengths, prices and rules, in the salon's order.",
            parameters: [salonParameter],
            responses: responses([("200", "Services", "ServiceList")], problems: searchProblems + ["304", "404"])),
        Operation(
            method: "get", route: .staff, name: "getStaff", summary: "Who works in a salon",
            description: "People and what each of them does, with lengths and prices of their own.",
            parameters: [salonParameter],
            responses: responses([("200", "People", "StaffList")], problems: searchProblems + ["304", "404"])),
        Operation(
            method: "post", route: .lookup, name: "lookUpOffers", summary: "Whether offers still hold",
            description:
                "Up to 100 offers of any salons, judged from the database at once, in the order of the request.",
            body: "OfferLookup", example: ["offers": [visit]],
            responses: responses(
                [("200", "One answer for each offer", "OfferLookupAnswer")],
                problems: searchProblems + ["413", "415"])),
    ]
}
