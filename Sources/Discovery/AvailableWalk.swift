import Availability
import Directory
import Foundation
import Geodesy
import Salons
import Scheduling

/// Goes outwards over the directory's salons, page by page, and keeps those that have an offer, until it has enough.
struct AvailableWalk {
    /// A salon with an offer.
    struct Found {
        let page: Int
        let hit: Hit
        let offer: Offer
        let key: SortKey
    }

    /// A salon without one, and why.
    struct Removed {
        let id: SalonID
        let distance: Meters
        let answer: SalonAnswer
    }

    let question: AvailabilityQuestion
    /// In the order of the walk.
    private(set) var found: [Found] = []
    private(set) var removed: [Removed] = []
    private(set) var pages: [SearchResult] = []
    /// Whether the region has no more salons.
    private(set) var isExhausted = false
    private var query: SalonQuery
    private let wanted: Int
    private let atMost: Int
    private let isWalking: Bool
    private static let largestPage = 512

    init(_ query: SalonQuery, _ question: AvailabilityQuestion, wanted: Int, atMost: Int, isWalking: Bool) {
        self.query = query
        self.query.limit = max(32, min(wanted == .max ? Self.largestPage : wanted * 3 / 2, Self.largestPage))
        self.question = question
        self.wanted = wanted
        self.atMost = atMost
        self.isWalking = isWalking
    }

    /// The place after the last salon that was judged.
    var end: SortKey? { query.after }

    /// Whether there is no more to be found by this walk.
    var isDone: Bool { found.count >= wanted || found.count + removed.count >= atMost || isExhausted }

    /// The next salons outwards.
    mutating func step(_ directory: Directory) throws(DirectoryError) -> [SalonID] {
        let page = try directory.search(query)
        pages.append(page)
        return page.hits.map { page.id(of: $0) }
    }

    /// Minutes that the customer needs to get to the salons of the last step; empty where the way does not count.
    var notices: [Int] {
        guard isWalking, let page = pages.last else { return [] }
        return page.hits.map { notice($0.distance) }
    }

    /// Minutes that the customer needs for a distance, at 80 m a minute.
    func notice(_ distance: Meters) -> Int { isWalking ? Int((distance.value / 80).rounded(.up)) : 0 }

    /// Takes in what the salons of the last step have to say. False when one says that it is not known.
    mutating func take(_ answers: [SalonAnswer]) -> Bool {
        guard let page = pages.last else { return false }
        for (hit, answer) in zip(page.hits, answers) {
            guard answer != .unknown else { return false }
            guard found.count < wanted else { return true }
            let key = page.sortKey(of: hit)
            query.after = key
            if case .free(let offer) = answer {
                found.append(Found(page: pages.count - 1, hit: hit, offer: offer, key: key))
            } else {
                removed.append(Removed(id: page.id(of: hit), distance: hit.distance, answer: answer))
            }
        }
        isExhausted = !page.hasMore
        query.limit = min(query.limit * 2, Self.largestPage)
        return true
    }
}
