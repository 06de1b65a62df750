import Foundation
import OpeningHours

/// `2026-03-29T00:30` in UTC.
func utc(_ text: Substring) throws -> Date {
    try Date("\(text):00Z", strategy: .iso8601)
}

/// A state as `open 2026-03-29T00:30`, with the next change in UTC.
func describe(_ state: OpeningState) -> String {
    let next = state.validUntil.map { String($0.formatted(.iso8601).prefix(16)) } ?? "none"
    return "\(state.status) \(next)"
}
