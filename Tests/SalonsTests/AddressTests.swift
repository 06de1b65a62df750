import Geodesy
import Testing

@testable import Salons

struct `Addresses and postcodes` {
    @Test func `an empty part of an address is unknown`() {
        let empty = Address(street: "", housenumber: "", floorDoor: "", postcode: "", city: "", country: "")
        #expect(empty == Address())
        #expect(empty.street == nil)
        #expect(Address(city: "Aarhus").city == "Aarhus")
    }

    @Test func `every Danish postcode is found by its number and lies in Denmark`() {
        #expect(DanishPostcodes.all.count == 1_159)
        for postcode in DanishPostcodes.all {
            #expect(DanishPostcodes.entry(postcode.code) == postcode)
            #expect((54.5...57.9).contains(postcode.centre.latitude), "\(postcode.code)")
            #expect((7.9...15.3).contains(postcode.centre.longitude), "\(postcode.code)")
            #expect(!postcode.city.isEmpty)
        }
        #expect(DanishPostcodes.all.map(\.code) == DanishPostcodes.all.map(\.code).sorted())
    }

    @Test(arguments: ["", "1", "800", "08000", "80 00", "-800", "+800", "abcd", "0000", "9999", "８０００"])
    func `anything else is no postcode`(text: String) {
        #expect(DanishPostcodes.entry(text) == nil)
    }

    @Test func `Aarhus C is where it is`() throws {
        let entry = try #require(DanishPostcodes.entry("8000"))
        #expect(entry.city == "Aarhus C")
        #expect(abs(entry.centre.latitude - 56.15) < 0.1)
        #expect(abs(entry.centre.longitude - 10.2) < 0.1)
    }
}
