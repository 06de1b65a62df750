import Availability
import Directory
import Foundation
import Geodesy
import Salons
import Scheduling
import Tenancy

/// One question on its way: what is asked, how far the walk has come.
struct AvailableSearch {
    let discovery: Discovery
    let request: AvailableRequest
    let scope: TenantScope
    let now: Date
    /// What the directory is asked, from the first page on.
    let query: SalonQuery
    var walk: AvailableWalk
    /// The instant of the first page, by which the window and the opening hours are judged on all pages.
    private let first: Date
    private let cursor: Cursor?

    init(_ discovery: Discovery, _ request: AvailableRequest, scope: TenantScope) throws(DiscoveryError) {
        self.discovery = discovery
        self.request = request
        self.scope = scope
        let now = discovery.now()
        self.now = now
        let nearby = request.nearby
        let cursor = try nearby.cursor.map { text throws(DiscoveryError) in
            try Cursor(text, canonical: nearby.canonical, scope: scope, key: discovery.cursorKey)
        }
        self.cursor = cursor
        first = cursor?.instant ?? now
        let isByDistance = request.order == .distance
        var query = SalonQuery(
            origin: nearby.origin, region: nearby.region, filter: nearby.filter, tenant: scope.tenant,
            order: .distance, limit: nearby.limit, after: isByDistance ? cursor?.after : nil)
        if nearby.openNow { query.filter.openAt = first }
        self.query = query
        let window: Range<Date>
        switch request.start {
        // A start at the last minute is still within.
        case .within(let minutes): window = now..<max(now, first + Double(minutes * 60 + 1))
        case .between(let start, let end): window = max(start, now)..<max(end, max(start, now))
        }
        walk = AvailableWalk(
            query,
            AvailabilityQuestion(
                request.wish, staff: request.staff, window: window, now: now, party: request.party),
            wanted: isByDistance ? nearby.limit + 1 : .max,
            atMost: isByDistance ? Discovery.longestWalk : Discovery.soonestPool, isWalking: request.isWalking)
    }

    func answer(
        _ board: AvailabilityBoard, asOf: Date, diagnosis: String? = nil
    ) -> AvailableAnswer {
        let limit = request.nearby.limit
        var found = walk.found
        var next: SortKey?
        if request.order == .distance {
            if found.count > limit {
                found.removeLast(found.count - limit)
                next = found.last?.key
            } else if !walk.isExhausted {
                next = walk.end
            }
        } else {
            var keyed = found.map { (key: key($0), found: $0) }.sorted { $0.key < $1.key }
            if let after = cursor?.after { keyed.removeAll { !(after < $0.key) } }
            if keyed.count > limit { next = keyed[limit - 1].key }
            found = keyed.prefix(limit).map(\.found)
        }
        var digest = Hasher()
        let entries = found.map { entry in
            digest.combine(entry.offer.start)
            digest.combine(entry.offer.service)
            let result = walk.pages[entry.page]
            let offset = board.secondsFromGMT(of: result.id(of: entry.hit), at: entry.offer.start, scope: scope)
            return AvailableAnswer.Entry(result: result, hit: entry.hit, offer: entry.offer, offset: offset)
        }
        return AvailableAnswer(
            entries: entries, fields: request.nearby.fields, now: now, asOf: asOf,
            nextCursor: next.map {
                Cursor(after: $0, instant: first)
                    .text(canonical: request.nearby.canonical, scope: scope, key: discovery.cursorKey)
            },
            diagnosis: diagnosis,
            entityTag: discovery.tag(
                version: walk.pages.first?.version ?? 0, now: now, question: request.nearby, scope: scope,
                offers: digest.finalize()))
    }

    /// The place in an order by start.
    private func key(_ found: AvailableWalk.Found) -> SortKey {
        let distance = found.hit.distance
        let band = SearchOrder.distanceBandThenRating.key(distance: distance, quality: 0, id: found.key.id).band
        return SortKey(
            band: request.order == .distanceBandThenSoonest ? band : 0,
            rank: Int32(clamping: Int(found.offer.start.timeIntervalSince1970 / 60)),
            distance: distance, id: found.key.id)
    }
}
