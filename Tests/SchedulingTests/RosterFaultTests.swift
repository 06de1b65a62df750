import Foundation
import OpeningHours
import Scheduling
import Testing

@Suite struct RosterFaultTests {
    private func fault(_ body: () throws(RosterFault) -> Void) -> String? {
        do throws(RosterFault) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("duration", [5, 30, 2880], [0, -5, 32, 2885]), ("buffer before", [0, 5, 720], [-5, 3, 725]),
        ("buffer after", [0, 5, 720], [-5, 3, 725]), ("slot step", [5, 15, 1440], [0, 7, 1445]),
        ("minimum notice", [0, 1, 43_200], [-1, 43_201]), ("horizon", [1, 730], [0, 731]),
    ])
    func `a service outside the bounds is named`(field: String, good: [Int], bad: [Int]) {
        func service(_ value: Int) -> SalonService {
            var service = Fixture.haircut()
            switch field {
            case "duration": service.duration = value
            case "buffer before": service.bufferBefore = value
            case "buffer after": service.bufferAfter = value
            case "slot step": service.slotStep = value
            case "minimum notice": service.minimumNotice = value
            default: service.horizon = value
            }
            return service
        }
        for value in good { #expect(fault(service(value).validate) == nil, "\(field) \(value)") }
        for value in bad {
            let sentence = fault(service(value).validate)
            #expect(sentence?.contains(field) == true && sentence?.contains("\(value)") == true, "\(field) \(value)")
        }
    }

    @Test func `a service needs a name and a price that is one`() {
        var service = Fixture.haircut()
        service.name = ""
        #expect(fault(service.validate)?.contains("name") == true)
        for price in [
            Price(amount: -1, currency: "DKK"), Price(amount: 1, currency: "dkk"), Price(amount: 1, currency: "DK"),
        ] {
            service = Fixture.haircut()
            service.price = price
            #expect(fault(service.validate) != nil)
        }
    }

    @Test(arguments: [
        (1, 0, 5, true), (7, 1439, 2880, true), (0, 0, 60, false), (8, 0, 60, false), (1, -1, 60, false),
        (1, 1440, 1500, false), (1, 600, 600, false), (1, 600, 540, false), (1, 600, 2881, false),
    ])
    func `working hours are parts of a week`(weekday: Int, start: Int, end: Int, isGood: Bool) {
        let hours = WorkingHours(weekday: weekday, start: start, end: end)
        #expect((fault(hours.validate) == nil) == isGood)
        #expect((fault(Fixture.member(hours: [hours]).validate) == nil) == isGood)
    }

    @Test func `dates are in order`() throws {
        let (first, last) = (try date("2028-02-29"), try date("2028-02-28"))
        #expect(fault(WorkingHours(weekday: 1, start: 0, end: 60, validFrom: first, validTo: last).validate) != nil)
        #expect(fault(WorkingHours(weekday: 1, start: 0, end: 60, validFrom: last, validTo: first).validate) == nil)
        #expect(fault(ScheduleException(kind: .closed, first: first, last: last).validate) != nil)
        #expect(fault(ScheduleException(kind: .closed, first: first, last: first).validate) == nil)
        #expect(fault(ScheduleException(kind: .open, first: first, last: first, start: 60, end: 60).validate) != nil)
    }

    @Test func `a skill of odd length is named`() {
        let member = Fixture.member(skills: [Fixture.cut: Skill(duration: 31)])
        #expect(fault(member.validate)?.contains("31") == true)
    }

    @Test(arguments: ["2026-11-23", "2028-02-29", "0999-01-01"]) func `a date reads as it is written`(text: String)
        throws
    {
        #expect(try date(text).description == text)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-11-00", "2026-11-23x", "", "٢٠٢٦-11-23",
    ])
    func `what is no date is not read`(text: String) {
        #expect(CivilDay(text) == nil)
    }
}
