public import Salons

/// An invented business to put demo salons under.
public struct DemoTenant: Sendable, Hashable {
    /// Short public name.
    public let slug: TenantSlug
    /// Display name, which says that the business is invented.
    public let name: String

    /// `count` tenants, `opdigtet-kaede-1` and on; the same ones each time.
    public static func tenants(_ count: Int) -> [DemoTenant] {
        guard count > 0 else { return [] }
        return (1...count).compactMap { number in
            guard let slug = TenantSlug("opdigtet-kaede-\(number)") else { return nil }
            let word = DemoWords.names[(number - 1) % DemoWords.names.count]
            return DemoTenant(slug: slug, name: "Opdigtet Kæde \(word) \(number)")
        }
    }
}
