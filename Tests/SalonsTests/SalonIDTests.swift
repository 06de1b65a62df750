import Foundation
import Testing

@testable import Salons

struct `A salon's identifier` {
    @Test func `is read in either case and written in lower case`() {
        let text = "0f8fad5b-d9cb-469f-a165-70867728950e"
        #expect(SalonID(text)?.description == text)
        #expect(SalonID(text.uppercased())?.description == text)
        #expect(TenantID(UUID(uuidString: text)!).description == text)
    }

    @Test(arguments: [
        "", "x", "0f8fad5bd9cb469fa16570867728950e", "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "0f8fad5b-d9cb-469f-a165-70867728950", "0f8fad5b-d9cb-469f-a165-70867728950g",
        "0f8fad5b-d9cb-469f-a165-70867728950e ", "0f8fad5bd-9cb-469f-a165-70867728950e",
        "０f8fad5b-d9cb-469f-a165-7086772895", "0f8fad5b-d9cb-469f-a165-70867728950é",
    ])
    func `is nothing else`(text: String) {
        #expect(SalonID(text) == nil)
    }

    @Test func `is ordered by its bytes, as PostgreSQL orders it`() {
        let ordered = [
            "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-0000000000ff", "00000000-0000-0000-0001-000000000000",
            "00ff0000-0000-0000-0000-000000000000", "01000000-0000-0000-0000-000000000000",
            "7fffffff-ffff-ffff-ffff-ffffffffffff", "80000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-fffffffffffe", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ].map { SalonID($0)! }
        #expect(ordered.reversed().sorted() == ordered)
        for (index, left) in ordered.enumerated() {
            for (other, right) in ordered.enumerated() { #expect((left < right) == (index < other)) }
        }
    }
}
