import ArgumentParser
import Foundation
import Salons
import Tenancy

/// Maps host names to tenants, lists the mappings and ends them.
struct HostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host", abstract: "Map host names to tenants, list and revoke the mappings.",
        discussion: "Running instances follow a change within a second.",
        subcommands: [Create.self, List.self, Revoke.self])

    /// Maps a host.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Show a tenant's salons to the visitors of a host name.")

        @Argument(help: "The host name, such as salon.example.")
        var host: String

        @Option(help: "Slug of the tenant.")
        var tenant: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let hosts = try WebOptions.hosts([host], option: "")
            try await withGraph(common) { graph in
                guard let owner = try await graph.scope(tenant: tenant)?.tenant else { return }
                for host in hosts {
                    try await graph.tenants.map(host: host, to: owner)
                    print("mapped \(host) to \(tenant)")
                }
            }
        }
    }

    /// Lists mappings.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the mapped host names.")

        @Option(help: "Only this tenant's.")
        var tenant: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                let owner = try await graph.scope(tenant: tenant)?.tenant
                var table = TextTable([
                    .init(title: "Tenant"), .init(title: "Host", maximumWidth: 253), .init(title: "Made"),
                    .init(title: "Revoked"),
                ])
                for entry in try await graph.tenants.credentials(hosts: true, tenant: owner) {
                    table.append([
                        entry.tenant.text, entry.host ?? "", entry.createdAt.formatted(.iso8601),
                        entry.revokedAt?.formatted(.iso8601) ?? "",
                    ])
                }
                print(table.text)
            }
        }
    }

    /// Ends a mapping.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End the mapping of a host name; its visitors see the marketplace.")

        @Argument(help: "The host name.")
        var host: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let hosts = try WebOptions.hosts([host], option: "")
            try await withGraph(common) { graph in
                for host in hosts {
                    guard let found = try await graph.tenants.revoke(host: host) else {
                        throw CommandError("the host \(host) is not mapped; `salons host list` shows those that are")
                    }
                    print("\(host) does not belong to \(found.tenant) any more")
                }
            }
        }
    }
}
