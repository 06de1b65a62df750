import Salons

/// What the grid needs of one salon, before it is sorted into place.
struct StagedSalon {
    var cell: UInt64
    var latitude: Double
    var longitude: Double
    /// Reference into the cold store that the grid will hold.
    var cold: UInt32
    var categoryBits: UInt32
    var attributeBits: UInt32
    /// `Rating.quality`.
    var quality: Int32
    /// Number within `TenantTable`.
    var tenant: UInt32
    /// Number within `HoursTable`.
    var hours: UInt32
    /// Tenths of a star, or -1.
    var ratingTenths: Int8
    /// 1 to 4, or 0.
    var priceLevel: UInt8
}

/// Gathers salons out of rows: renders the card, numbers the tenant and the hours, keeps the rest in columns.
struct Staging: ~Copyable {
    private let tenants: TenantTable
    private let hours: HoursTable
    private var renderer = CardRenderer()
    private var cold: ColdStore.Builder
    private(set) var salons: [StagedSalon] = []
    /// Of the rows taken, by the first byte of the identifier.
    private(set) var digests = SliceDigests()

    init(tenants: TenantTable, hours: HoursTable, cold: consuming ColdStore.Builder) {
        self.tenants = tenants
        self.hours = hours
        self.cold = cold
    }

    mutating func append(_ row: borrowing PublishedRow) {
        renderer.render(row)
        let reference = cold.append(
            latitude: row.latitude, longitude: row.longitude, id: row.id, version: row.version, card: renderer)
        digests.add(id: row.id, version: row.version)
        var hoursNumber = HoursTable.none
        if let text = row.openingHours {
            hoursNumber = hours.intern(text: text, zone: row.timeZone, country: row.country)
        }
        salons.append(
            StagedSalon(
                cell: row.cell, latitude: row.latitude, longitude: row.longitude, cold: reference,
                categoryBits: row.categoryBits, attributeBits: row.attributeBits,
                quality: Rating.quality(tenths: row.ratingTenths, count: row.ratingCount),
                tenant: tenants.number(of: TenantID(row.tenant)), hours: hoursNumber,
                ratingTenths: row.ratingTenths.map { Int8(clamping: $0) } ?? -1,
                priceLevel: row.priceLevel.map { UInt8(clamping: $0) } ?? 0))
    }

    /// Takes over a salon of another grid, card and all.
    mutating func copy(_ position: Int, of grid: Grid) {
        salons.append(grid.staged(position, cold: cold.copy(grid.cold[position], from: grid.store)))
    }

    /// Takes over a salon of the grid whose cold store is shared.
    mutating func share(_ position: Int, of grid: Grid) {
        salons.append(grid.staged(position, cold: grid.cold[position]))
    }

    consuming func finish(byTenant: Bool) -> Grid {
        Grid(salons, store: cold.finish(), tenantCount: byTenant ? tenants.count : nil)
    }
}
