import Availability
import Directory
import Foundation
import JSON
import Salons
public import Tenancy

extension Discovery {
    /// Salons among which an order by start is made: the nearest of the region.
    public static let soonestPool = 1_000
    /// Salons that one page by distance looks at; a page that ends there is short and has a `next_cursor`.
    public static let longestWalk = 5_000

    /// Answers at once, from memory, on the calling thread; nil when something must be loaded, when the page is empty
    /// and must be diagnosed, or when memory may be behind.
    public func quickAvailable(
        _ request: AvailableRequest, scope: TenantScope
    ) throws(DiscoveryError) -> AvailableAnswer? {
        guard let board = availability, !request.isStrong, request.order == .distance, board.isTrusted else {
            return nil
        }
        let asOf = board.asOf
        var search = try AvailableSearch(self, request, scope: scope)
        while !search.walk.isDone {
            let salons = try step(&search)
            let answers = board.knownAnswers(
                search.walk.question, for: salons, extraNotice: search.walk.notices, scope: scope)
            guard search.walk.take(answers) else { return nil }
        }
        guard !search.walk.found.isEmpty else { return nil }
        return search.answer(board, asOf: min(asOf, search.now))
    }

    /// Answers, loading what memory does not know; says why when nothing is found.
    public func available(
        _ request: AvailableRequest, scope: TenantScope
    ) async throws(DiscoveryError) -> AvailableAnswer {
        guard let board = availability else { throw .calendarsUnavailable }
        var search = try AvailableSearch(self, request, scope: scope)
        var asOf = search.now
        while !search.walk.isDone {
            let salons = try step(&search)
            let said: AvailabilityAnswers
            do {
                said = try await board.answers(
                    search.walk.question, for: salons, extraNotice: search.walk.notices, scope: scope,
                    consistency: request.isStrong ? .strong : .near)
            } catch {
                throw error == .cancelled || Task.isCancelled ? .cancelled : .calendarsUnavailable
            }
            asOf = min(asOf, said.asOf)
            guard search.walk.take(said.answers) else { throw .calendarsUnavailable }
        }
        guard search.walk.found.isEmpty, request.nearby.cursor == nil else { return search.answer(board, asOf: asOf) }
        let diagnosis = try await AvailableDiagnosis(discovery: self, search: search, board: board).json().description
        return search.answer(board, asOf: asOf, diagnosis: diagnosis)
    }

    private func step(_ search: inout AvailableSearch) throws(DiscoveryError) -> [SalonID] {
        do {
            return try search.walk.step(directory)
        } catch {
            throw Self.translated(error)
        }
    }
}
