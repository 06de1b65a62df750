import Foundation
import Harness
import JSON
import SearchAPI
import Testing

@testable import HTTPKit

/// The contract as it is committed: a change of it is a difference that somebody reads.
struct `The document of the interface` {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "openapi.json")

    /// The document with examples of a day that stays the same.
    private static func derived() async throws -> JSONValue {
        let scene = ExampleScene(now: Date(timeIntervalSince1970: 1_795_516_215))
        let examples = scene.examples.fixing("key", "9b2f8a55-2f53-4a0b-8a63-0f1b1f1d6c11")
        return try await Backend.shared().interface().document(examples)
    }

    /// `SALONS_WRITE_CONTRACT=1 swift test --filter GoldenDocumentTests` writes the file anew.
    @Test func `is the one that is committed`() async throws {
        let text = try await Self.derived().layout(width: 110, spreading: 4) + "\n"
        if ProcessInfo.processInfo.environment["SALONS_WRITE_CONTRACT"] != nil {
            try Data(text.utf8).write(to: Self.file)
        }
        let committed = try String(contentsOf: Self.file, encoding: .utf8)
        guard text != committed else { return }
        let lines = text.split(separator: "\n").difference(from: committed.split(separator: "\n")).prefix(20).map {
            switch $0 {
            case .insert(let line, let text, _): "+ \(line + 1): \(text)"
            case .remove(let line, let text, _): "- \(line + 1): \(text)"
            }
        }
        Issue.record(
            """
            the interface is not the one of Tests/ContractTests/openapi.json:
            \(lines.joined(separator: "\n"))
            If that is meant: SALONS_WRITE_CONTRACT=1 swift test --filter GoldenDocumentTests, and read the difference.
            """)
    }

    @Test func `is the one that is served, but for the values of its examples`() async throws {
        func bare(_ value: JSONValue) -> JSONValue {
            switch value {
            case .object(let members):
                .object(
                    members.filter { $0.name != "example" && $0.name != "examples" }
                        .map { .init($0.name, bare($0.value)) })
            case .array(let elements): .array(elements.map(bare))
            default: value
            }
        }
        let served = try JSONReader.read(try await Door.shared().ask("/openapi.json").body)
        #expect(bare(served) == bare(try await Self.derived()))
    }

    @Test func `leaves no example without a value`() async throws {
        #expect(!(try await Self.derived().description.contains("\\u0001")))
        #expect(!(try await Door.shared().ask("/openapi.json").text.contains("\\u0001")))
    }
}
