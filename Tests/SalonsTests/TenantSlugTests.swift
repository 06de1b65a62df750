import Testing

@testable import Salons

struct `A tenant's slug` {
    @Test(arguments: ["a", "0", "salon", "salon-1", "a-b-c", "1-2", String(repeating: "a", count: 63)])
    func `is taken as it is`(text: String) {
        #expect(TenantSlug(text)?.text == text)
        #expect(TenantSlug(text)?.description == text)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "a--b", "A", "salon_1", "salon 1", "salon.dk", "sålon", "a/b", "a\u{0}", "a\n", "é",
        String(repeating: "a", count: 64),
    ])
    func `is refused otherwise`(text: String) {
        #expect(TenantSlug(text) == nil)
    }
}
