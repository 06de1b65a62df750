import Scheduling

extension Price {
    /// `450 DKK`, `39.50 EUR`.
    var text: String {
        // ISO 4217: these have no minor unit.
        if ["ISK", "JPY", "KRW"].contains(currency) { return "\(amount) \(currency)" }
        let (whole, part) = amount.quotientAndRemainder(dividingBy: 100)
        return part == 0 ? "\(whole) \(currency)" : "\(whole).\(part < 10 ? "0" : "")\(part) \(currency)"
    }
}
