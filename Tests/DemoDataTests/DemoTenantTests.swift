import Salons
import Testing

@testable import DemoData

struct `Invented businesses` {
    @Test func `are unique, say that they are invented, and are the same each time`() {
        let tenants = DemoTenant.tenants(200)
        #expect(tenants.count == 200)
        #expect(Set(tenants.map(\.slug)).count == 200)
        #expect(Set(tenants.map(\.name)).count == 200)
        #expect(tenants.allSatisfy { $0.name.hasPrefix("Opdigtet ") && $0.slug.text.hasPrefix("opdigtet-") })
        #expect(DemoTenant.tenants(7) == Array(tenants.prefix(7)))
        #expect(DemoTenant.tenants(0).isEmpty)
        #expect(DemoTenant.tenants(-1).isEmpty)
    }

    @Test func `stand beside five hundred real cities`() {
        #expect(EuropeanCities.all.count == 500)
        #expect(EuropeanCities.all.allSatisfy { $0.country.utf8.count == 2 && !$0.name.isEmpty })
    }
}
