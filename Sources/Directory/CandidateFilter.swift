import Foundation
import Salons

/// A query's conditions in the form in which columns and nodes are tested.
struct CandidateFilter {
    private let anyCategory: UInt32
    private let noCategory: UInt32
    private let allAttributes: UInt32
    private let minimumTenths: Int8
    private let priceLevels: UInt8
    private let openMinute: Int?
    private let tenant: UInt32?
    /// The snapshot that is searched keeps it.
    private unowned(unsafe) let hours: HoursTable
    /// Whether there is any condition at all.
    let isNeeded: Bool

    init(_ filter: SalonFilter, tenant: UInt32?, hours: HoursTable) {
        anyCategory = filter.categories.rawValue
        noCategory = filter.excludedCategories.rawValue
        allAttributes = filter.attributes.rawValue
        // Above 50 tenths nothing passes; below 0 every rated salon does.
        minimumTenths = filter.minimumRatingTenths.map { Int8(clamping: max($0, 0)) } ?? -1
        priceLevels = filter.priceLevels & 0b1_1110
        openMinute = filter.openAt.map { HoursEntry.minute(of: $0) }
        self.tenant = tenant
        self.hours = hours
        isNeeded =
            anyCategory | noCategory | allAttributes != 0 || minimumTenths >= 0 || filter.priceLevels != 0
            || openMinute != nil || tenant != nil
        hasPrice = filter.priceLevels != 0
    }

    private let hasPrice: Bool

    /// Whether a node of the tree can hold a salon that passes.
    @inline(__always)
    func mayPass(_ tree: borrowing GridTree, node: Int) -> Bool {
        (anyCategory == 0 || tree.categories[node] & anyCategory != 0)
            && tree.attributes[node] & allAttributes == allAttributes && tree.tenths[node] >= minimumTenths
    }

    @inline(__always)
    func passes(_ grid: Grid, _ position: Int) -> Bool {
        let categories = grid.categories[position]
        guard anyCategory == 0 || categories & anyCategory != 0, categories & noCategory == 0,
            grid.attributes[position] & allAttributes == allAttributes, grid.tenths[position] >= minimumTenths
        else { return false }
        if hasPrice, !Self.contains(priceLevels, grid.prices[position]) { return false }
        if let tenant, grid.tenants[position] != tenant { return false }
        if let openMinute { return hours.isOpen(grid.hours[position], minute: openMinute) }
        return true
    }

    private static func contains(_ levels: UInt8, _ level: UInt8) -> Bool {
        level >= 1 && level <= 4 && levels & (1 << level) != 0
    }
}
