public import ArgumentParser
import Catalogue
import Directory
import Discovery
import Foundation
import Geodesy
import Logging
public import Salons
import Tenancy

extension Category: ExpressibleByArgument {}
extension Attribute: ExpressibleByArgument {}

/// Asks the database what is near, without a running service.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "List the salons near a position, from PostgreSQL.",
        usage: "salons search <latitude> <longitude> [<options>]",
        discussion: "For example: salons search 55.6761 12.5683 --radius 2000, or salons search -33.9 18.4")

    // Negative numbers look like options to the parser, so it hands over everything that it does not know.
    @Argument(parsing: .allUnrecognized, help: "Latitude and longitude, WGS 84 degrees.")
    var position: [String] = []

    @Option(
        parsing: .unconditional, help: "Only salons at most this many metres away; without it the nearest, however far."
    )
    var radius: Double?

    @Option(help: "Salons of this category; may be repeated for any of several.")
    var category: [Salons.Category] = []

    @Option(help: "No salons of this category; may be repeated.")
    var exclude: [Salons.Category] = []

    @Option(help: "Salons with this property; may be repeated for all of several.")
    var attribute: [Attribute] = []

    @Option(parsing: .unconditional, help: "At least this mean rating, 0 to 5.")
    var minRating: Double?

    @Flag(help: "Only salons that are known to be open now.")
    var openNow = false

    @Option(parsing: .unconditional, help: "How many, 1 to 1000.")
    var limit = 20

    @Option(help: "Only this tenant's published salons.")
    var tenant: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws { _ = try degrees() }

    private func degrees() throws -> (latitude: Double, longitude: Double) {
        // `--` before the numbers is not needed, and does no harm.
        let texts = position.filter { $0 != "--" }
        for text in texts where text.hasPrefix("-") && Double(text) == nil {
            throw ValidationError("Unknown option '\(text)'")
        }
        let numbers = texts.compactMap { Double($0) }
        guard texts.count == 2, numbers.count == 2 else {
            throw ValidationError("write latitude and longitude as two numbers, such as 55.6761 12.5683")
        }
        return (numbers[0], numbers[1])
    }

    func run() async throws {
        let (latitude, longitude) = try degrees()
        let origin: Coordinate
        do {
            origin = try Coordinate(latitude: latitude, longitude: longitude)
        } catch {
            throw CommandError("\(error)")
        }
        let query = SalonQuery(
            origin: origin, region: try region(), filter: try filter(), limit: try checkedLimit())
        let settings = try await common.settings()
        let graph = try ServiceGraph(settings: settings, logger: makeLogger("salons", level: .warning))
        do {
            let scope = try await scope(graph)
            let page = try await PostGISSearch(graph.database).search(query, scope: scope)
            let salons = try await PublishedSalonRepository(graph.database)
                .salons(page.hits.map(\.id), scope: scope)
            await graph.close()
            let listing = SearchListing(hits: page.hits, salons: salons, hasMore: page.hasMore)
            print(json ? listing.json : listing.text)
        } catch {
            await graph.close()
            throw error
        }
    }

    private func scope(_ graph: ServiceGraph) async throws -> TenantScope {
        guard let tenant else { return .marketplace }
        guard let slug = TenantSlug(tenant) else { throw CommandError("'\(tenant)' is not a tenant's slug") }
        return try await graph.resolver.commandLineScope(tenant: slug)
    }

    private func region() throws -> SearchRegion {
        guard let radius else { return .everywhere }
        guard (0...20_100_000).contains(radius) else {
            throw CommandError("--radius must be from 0 to 20100000 metres")
        }
        return .circle(radius: Meters(radius))
    }

    private func filter() throws -> SalonFilter {
        var filter = SalonFilter(
            categories: CategorySet(category), excludedCategories: CategorySet(exclude),
            attributes: AttributeSet(attribute), openAt: openNow ? Date() : nil)
        if let minRating {
            guard (0...5).contains(minRating) else { throw CommandError("--min-rating must be from 0 to 5") }
            filter.minimumRatingTenths = Int16((minRating * 10).rounded(.up))
        }
        return filter
    }

    private func checkedLimit() throws -> Int {
        guard (1...1_000).contains(limit) else { throw CommandError("--limit must be from 1 to 1000") }
        return limit
    }
}
