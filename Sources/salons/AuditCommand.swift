import ArgumentParser
import Audit
import DataEncodings
import Foundation
import Salons
import Tenancy

/// Looks after the log of what has happened to each tenant.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Verify the log of what has happened.", subcommands: [Verify.self])

    /// Recomputes the hashes.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Find out whether the audit log is as it was written.",
            discussion: """
                Each entry's hash covers the one before it. Whoever writes the last hash down elsewhere can tell later that \
                nothing before it was changed, by whomever: give it back with --expect. Exits with 1 when something is wrong.
                """)

        @Option(help: "Only this tenant's.")
        var tenant: String?

        @Option(help: "NUMBER:HASH of an entry that must be there, as this command has printed it; needs --tenant.")
        var expect: String?

        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard let expect else { return }
            guard tenant != nil else { throw ValidationError("--expect is about one tenant; name it with --tenant") }
            guard AuditMark(expect) != nil else {
                throw ValidationError("--expect must look like 120:5f2a..., the number of an entry and its hash")
            }
        }

        func run() async throws {
            let mark = expect.flatMap(AuditMark.init)
            try await withGraph(common) { graph in
                var slugs = [String]()
                if let tenant { slugs = [tenant] } else { slugs = try await graph.tenants.list().map(\.slug.text) }
                var isWhole = true
                for slug in slugs {
                    guard let scope = try await graph.scope(tenant: slug) else { continue }
                    let verdict = try await AuditLog(graph.database).verify(scope, expecting: mark)
                    print(
                        "\(slug)  \(AuditMark(n: verdict.count, hash: verdict.head))  \(verdict.fault ?? "as written")")
                    if verdict.fault != nil { isWhole = false }
                }
                if !isWhole { throw ExitCode(1) }
            }
        }
    }
}
