public import Foundation
public import Geodesy
public import Salons

/// A salon that a search found, named by its place in the result's snapshot; ask the result for the rest.
public struct Hit: Sendable, Hashable {
    /// From the query's origin.
    public let distance: Meters
    let place: UInt32
}

/// What a search found, with the view of the directory that it was found in: cards stay valid as long as the result.
public struct SearchResult: Sendable {
    /// In the order that was asked for.
    public let hits: [Hit]
    /// Whether more come after the last hit.
    public let hasMore: Bool
    /// How many candidates were looked at.
    public let examined: Int
    /// When the search was made.
    public let asOf: Date
    let order: SearchOrder
    let snapshot: Snapshot

    /// Version of the directory that answered; equal versions give equal answers.
    public var version: UInt64 { snapshot.version }

    /// The identity of a hit of this result.
    public func id(of hit: Hit) -> SalonID { snapshot.id(hit.place) }

    /// The tenant that owns a hit of this result.
    public func tenant(of hit: Hit) -> TenantID {
        let (grid, position) = snapshot.grid(hit.place)
        return snapshot.tenants.tenant(grid.tenants[position])
    }

    /// The exact position of a hit of this result.
    public func coordinate(of hit: Hit) -> Coordinate {
        let (grid, position) = snapshot.grid(hit.place)
        return grid.coordinate(position)
    }

    /// The hit's place in the order, after which a next page begins.
    public func sortKey(of hit: Hit) -> SortKey {
        let (grid, position) = snapshot.grid(hit.place)
        return order.key(distance: hit.distance, quality: grid.quality[position], id: grid.id(position))
    }

    /// Hands out the chosen members of a hit's JSON object in few pieces, without braces and with commas between them.
    /// The pieces are valid only during the call. `openNow` is judged at `now`. False when there was nothing to write.
    @discardableResult
    public func appendCard(
        of hit: Hit, fields: CardFields, now: Date?, to append: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        snapshot.appendCard(hit.place, fields: fields, distance: hit.distance, now: now, to: append)
    }
}

/// One published salon, found by its identifier.
public struct SalonEntry: Sendable {
    let place: UInt32
    let snapshot: Snapshot

    /// Identity.
    public var id: SalonID { snapshot.id(place) }

    /// The tenant that owns it.
    public var tenant: TenantID {
        let (grid, position) = snapshot.grid(place)
        return snapshot.tenants.tenant(grid.tenants[position])
    }

    /// Exact position.
    public var coordinate: Coordinate {
        let (grid, position) = snapshot.grid(place)
        return grid.coordinate(position)
    }

    /// The row's version: what an entity tag is made of.
    public var version: Int64 {
        let (grid, position) = snapshot.grid(place)
        return grid.store.version(grid.cold[position])
    }

    /// As ``SearchResult/appendCard(of:fields:now:to:)``.
    @discardableResult
    public func appendCard(
        fields: CardFields, distance: Meters? = nil, now: Date?, to append: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        snapshot.appendCard(place, fields: fields, distance: distance, now: now, to: append)
    }
}

extension Snapshot {
    fileprivate func appendCard(
        _ place: UInt32, fields: CardFields, distance: Meters?, now: Date?,
        to append: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        let (grid, position) = grid(place)
        var written = grid.store.card(grid.cold[position])
            .write(fields: fields, distance: distance, leadingComma: false, to: append)
        let number = grid.hours[position]
        if let now, fields.contains(.openNow), number != HoursTable.none, let entry = hours.entry(number) {
            entry.rendered(at: now).withUnsafeBytes { bytes in
                guard !bytes.isEmpty else { return }
                append(written ? bytes : UnsafeRawBufferPointer(rebasing: bytes[1...]))
                written = true
            }
        }
        return written
    }
}
