import CalendarFiles
import Foundation
import Testing

struct `A calendar file` {
    private func faults(_ text: String) -> [String] {
        do {
            _ = try CalendarFile(Array(text.utf8))
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    private func salon(_ members: String) -> String {
        "{\"salons\": [{\"salon\": {\"ref\": \"1\"}, \(members)}]}"
    }

    @Test func `is read whole`() throws {
        let file = try CalendarFile(Array(Self.complete.utf8))
        #expect(file.salons.map(\.salon) == [.source(reference: "1", source: "list.csv"), .name("Klip & Co")])
    }

    @Test func `tells everything that is wrong at once, each by its pointer`() {
        let text = """
            {"salons": [
              {"salon": {"ref": "1"}, "cancellation_window_min": -1, "services": [
                {"name": "Klip", "category": "hairdo", "duration_min": 7, "colour": "red"},
                {"ref": "a", "name": "A", "duration_min": 30, "duration_min": 60, "category": "colour"}],
               "people": [{"name": "Eva", "hours": [{"days": "Mo-Xx", "from": "9:00", "to": "17:00"}]}]},
              {"salon": {}, "exceptions": [{"kind": "shut", "first_date": "2027-02-30"}], "x/y": 1}]}
            """
        let pointers = faults(text).map { String($0.prefix { $0 != " " }) }
        #expect(
            Set(pointers) == [
                "/salons/0/cancellation_window_min", "/salons/0/services/0/category",
                "/salons/0/services/0/duration_min", "/salons/0/services/0/colour",
                "/salons/0/services/1/duration_min", "/salons/0/people/0/hours/0/days",
                "/salons/0/people/0/hours/0/from", "/salons/1/salon", "/salons/1/exceptions/0/kind",
                "/salons/1/exceptions/0/first_date", "/salons/1/x~1y",
            ])
        #expect(pointers.count == 11)
    }

    @Test(arguments: [
        ("", "line 1 is not JSON"), ("{\n\"salons\": [}", "line 2 is not JSON"), ("[]", "must be an object"),
        ("{}", "/salons is missing"), ("{\"salons\": 1}", "/salons must be an array"),
        ("{\"salons\": [], \"salons\": []}", "/salons is there twice"),
        ("{\"salons\": [{}]}", "/salons/0/salon is missing"),
        ("{\"salons\": [{\"salon\": {\"id\": \"x\"}}]}", "/salons/0/salon/id must be a UUID"),
        ("{\"salons\": [{\"salon\": {\"source\": \"x\"}}]}", "/salons/0/salon/source needs ref beside it"),
        ("{\"salons\": []} {}", "line 1 is not JSON"),
    ])
    func `is refused as a whole where it is none`(text: String, fault: String) {
        #expect(faults(text).contains { $0.hasPrefix(fault) }, "\(faults(text))")
    }

    @Test(arguments: [
        (#""services": [{"category": "colour"}]"#, "/salons/0/services/0 needs a ref or a name"),
        (#""services": [{"ref": "A"}, {"name": "A"}]"#, "/salons/0/services/1/name names another service"),
        (#""services": [{"ref": "A"}, {"ref": "A"}]"#, "/salons/0/services/1/ref is the ref of another"),
        (#""services": [{"name": " "}]"#, "/salons/0/services/0/name must have 1 to 200 characters"),
        (#""services": [{"name": "\u200b"}]"#, "/salons/0/services/0/name must have 1 to 200 characters"),
        (#""services": [{"name": "a\u001bb"}]"#, "/salons/0/services/0/name must have 1 to 200 characters"),
        (#""services": [{"name": "a\u202eb"}]"#, "/salons/0/services/0/name must have 1 to 200 characters"),
        (#""services": [{"ref": "a", "duration_min": "30"}]"#, "/salons/0/services/0/duration_min must be a multiple"),
        (#""services": [{"ref": "a", "duration_min": 30.5}]"#, "/salons/0/services/0/duration_min must be a multiple"),
        (#""services": [{"ref": "a", "duration_min": true}]"#, "/salons/0/services/0/duration_min must be a multiple"),
        (#""services": [{"ref": "a", "price": {"amount": 1}}]"#, "/salons/0/services/0/price/currency is missing"),
        (
            #""services": [{"ref": "a", "price": {"amount": 1, "currency": "kr"}}]"#,
            "/salons/0/services/0/price/currency must be three"
        ),
        (#""closed_on_holidays": 1"#, "/salons/0/closed_on_holidays must be true or false"),
        (
            #""people": [{"ref": "a", "hours": [{"days": "Mo,Mo", "from": "09:00", "to": "10:00"}]}]"#,
            "/salons/0/people/0/hours/0/days must be weekdays"
        ),
        (
            #""people": [{"ref": "a", "hours": [{"days": "Mo", "from": "22:00", "to": "02:00"}]}]"#,
            "/salons/0/people/0/hours/0/to must be after from"
        ),
        (
            #""people": [{"ref": "a", "hours": [{"days": "Mo", "from": "09:00", "to": "48:01"}]}]"#,
            "/salons/0/people/0/hours/0/to must be a time from 00:01 to 48:00"
        ),
        (
            #""people": [{"ref": "a", "hours": [{"days": "Mo-Tu", "from": "09:00", "to": "10:00"},"#
                + #"{"days": "Tu", "from": "09:00", "to": "10:00"}]}]"#,
            "/salons/0/people/0/hours say the same hours of one day twice"
        ),
        (
            #""exceptions": [{"kind": "open", "first_date": "2027-01-02", "last_date": "2027-01-01"}]"#,
            "/salons/0/exceptions/0/last_date must not be before"
        ),
        (
            #""exceptions": [{"kind": "open", "first_date": "2027-01-02", "from": "10:00"}]"#,
            "/salons/0/exceptions/0 must have both from and to"
        ),
    ])
    func `refuses what cannot be meant`(members: String, fault: String) {
        #expect(faults(salon(members)).contains { $0.hasPrefix(fault) }, "\(faults(salon(members)))")
        #expect(faults(salon(members)).count == 1)
    }

    @Test func `tells two of one name by ref only`() {
        #expect(faults(salon(#""services": [{"name": "A"}, {"name": "A"}]"#)).count == 2)
        #expect(faults(salon(#""services": [{"name": "A", "ref": "1"}, {"name": "A", "ref": "2"}]"#)).isEmpty)
    }

    /// Every member that there is.
    static let complete = """
        {"salons": [
          {"salon": {"source": "list.csv", "ref": "1", "name": "For the reader"}, "closed_on_holidays": false,
           "cancellation_window_min": 1440,
           "services": [{"ref": "cut", "name": "Klip", "category": "haircut", "duration_min": 30,
             "buffer_before_min": 5, "buffer_after_min": 10, "price": {"amount": 32500, "currency": "DKK"},
             "minimum_notice_min": 60, "horizon_days": 60, "slot_step_min": 20, "sort_order": 3},
             {"name": "Farve", "category": "colour", "duration_min": 90, "price": null}],
           "people": [{"ref": "eva", "name": "Eva", "services": ["cut", {"service": "Farve", "duration_min": 75,
             "price": {"amount": 99900, "currency": "DKK"}}], "hours": [{"days": "Mo-We,Fr", "from": "09:00",
             "to": "17:00"}, {"days": "Sa", "from": "20:00", "to": "26:00", "valid_from": "2027-01-01",
             "valid_to": "2027-12-31"}], "sort_order": 7}],
           "exceptions": [{"kind": "closed", "first_date": "2030-12-24", "last_date": "2030-12-26"},
             {"kind": "open", "first_date": "2030-12-22", "from": "10:00", "to": "16:00", "person": "eva"}]},
          {"salon": {"name": "Klip & Co"}}]}
        """
}
