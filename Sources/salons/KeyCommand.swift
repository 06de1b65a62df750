import ArgumentParser
import Foundation
import Salons
import Tenancy

/// Makes, lists and ends publishable keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list and revoke publishable keys.",
        discussion: "To renew a key, make another one, put it into the pages, and revoke the old one.",
        subcommands: [Create.self, List.self, Revoke.self])

    /// Makes a key.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a key for a tenant; printed this once.")

        @Option(help: "Slug of the tenant.")
        var tenant: String

        @Option(help: "Origin from which browsers may use the key, such as https://salon.example; may be repeated.")
        var origin: [String] = []

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let origins = try WebOptions.origins(origin)
            try await withGraph(common) { graph in
                guard let owner = try await graph.scope(tenant: tenant)?.tenant else { return }
                let made = try await graph.tenants.createKey(tenant: owner, origins: origins)
                print("key id          \(made.id.uuidString.lowercased())")
                print("publishable key \(made.key)")
                print("                (shown this once; only its digest is kept)")
                if origins.isEmpty { print("No --origin was named, so browsers cannot use it.") }
            }
        }
    }

    /// Lists keys.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List keys by what identifies them.",
            discussion: """
                SHA-256 is the beginning of the key's digest: printf %s KEY | sha256sum tells which one a key is.
                """)

        @Option(help: "Only this tenant's.")
        var tenant: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                let owner = try await graph.scope(tenant: tenant)?.tenant
                var table = TextTable([
                    .init(title: "Tenant"), .init(title: "Id"), .init(title: "SHA-256"),
                    .init(title: "Origins", maximumWidth: 80), .init(title: "Made"), .init(title: "Revoked"),
                ])
                for key in try await graph.tenants.credentials(hosts: false, tenant: owner) {
                    table.append([
                        key.tenant.text, key.id.uuidString.lowercased(), key.fingerprint ?? "",
                        key.origins.isEmpty ? "none" : key.origins.joined(separator: " "),
                        key.createdAt.formatted(.iso8601), key.revokedAt?.formatted(.iso8601) ?? "",
                    ])
                }
                print(table.text)
            }
        }
    }

    /// Ends a key.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End a key.",
            discussion: """
                Running instances refuse it within a second. One that has lost PostgreSQL goes on with what it \
                knew until PostgreSQL is back.
                """)

        @Argument(help: "The key's id, or the key itself.")
        var key: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await withGraph(common) { graph in
                guard let ended = try await graph.tenants.revoke(key: key) else {
                    throw CommandError("there is no such key; `salons key list` shows them")
                }
                let found = ended.listing
                let id = found.id.uuidString.lowercased()
                guard ended.wasLive else {
                    throw CommandError(
                        "key \(id) was revoked before, at \(found.revokedAt?.formatted(.iso8601) ?? "?")")
                }
                print("revoked key \(id) of \(found.tenant); running instances refuse it within a second")
            }
        }
    }
}
