import ArgumentParser
import Foundation
import Logging
import Salons
import Tenancy

/// Makes and lists tenants.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Make and list tenants.", subcommands: [Create.self, List.self])

    /// Makes a tenant and its publishable key.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a tenant; prints its publishable key, once.")

        @Argument(help: "Slug: a-z, 0-9 and single hyphens, at most 63 characters.")
        var slug: String

        @Option(help: "Display name; the slug unless said.")
        var name: String?

        @Option(help: "Country of its salons where a list names none, ISO 3166-1 alpha-2, such as DK.")
        var country: String

        @Option(help: "Origin from which browsers may use the key, such as https://salon.example; may be repeated.")
        var origin: [String] = []

        @Option(help: "Host name whose visitors see this tenant's salons; may be repeated.")
        var host: [String] = []

        @OptionGroup var common: CommonOptions

        func run() async throws {
            guard let slug = TenantSlug(slug) else {
                throw CommandError(
                    "'\(slug)' is not a slug: use a-z, 0-9 and single inner hyphens, at most 63 characters")
            }
            let country = country.uppercased()
            guard country.utf8.count == 2, country.allSatisfy({ $0.isASCII && $0.isLetter }) else {
                throw CommandError("--country \(country): write two letters, such as DK")
            }
            let name: String
            do {
                name = try VisibleText.checked(self.name ?? slug.text)
            } catch {
                throw CommandError("--name \(error)")
            }
            let tenant = NewTenant(
                slug: slug, name: name, country: country, origins: try WebOptions.origins(origin),
                hosts: try WebOptions.hosts(host, option: "--host "))
            try await withGraph(common) { graph in
                let made = try await graph.tenants.create(tenant)
                print("tenant          \(slug)")
                print("id              \(made.id)")
                print("key id          \(made.key.id.uuidString.lowercased())")
                print("publishable key \(made.key.key)")
                print("                (shown this once; only its digest is kept)")
                for host in tenant.hosts { print("host            \(host)") }
            }
        }
    }

    /// Lists tenants.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tenants.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                var table = TextTable([
                    .init(title: "Slug"), .init(title: "Name"), .init(title: "Country"), .init(title: "Id"),
                    .init(title: "Made"),
                ])
                for tenant in try await graph.tenants.list() {
                    table.append([
                        tenant.slug.text, tenant.name, tenant.country, tenant.id.description,
                        tenant.createdAt.formatted(.iso8601),
                    ])
                }
                print(table.text)
            }
        }
    }
}

/// Runs an operator's command on a graph that is closed afterwards.
func withGraph(_ common: CommonOptions, _ body: (ServiceGraph) async throws -> Void) async throws {
    let graph = try ServiceGraph(settings: try await common.settings(), logger: makeLogger("salons", level: .warning))
    do {
        try await body(graph)
    } catch {
        await graph.close()
        throw error
    }
    await graph.close()
}
