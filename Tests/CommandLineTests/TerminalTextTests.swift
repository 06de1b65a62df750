import ArgumentParser
import Foundation
import Importing
import Testing

@testable import salons

struct `What is printed on a terminal` {
    @Test(arguments: [
        ("Salon \u{1B}[2J\u{1B}]0;x\u{7}", "Salon \\u001b[2J\\u001b]0;x\\u0007"), ("a\rb", "a\\u000db"),
        ("a\u{9B}31mb", "a\\u009b31mb"), ("a\u{202E}b", "a\\u202eb"), ("a\u{8}b", "a\\u0008b"),
        ("Åse 美容室 👩‍🦰", "Åse 美容室 👩‍🦰"), ("a\nb", "a\nb"),
    ])
    func `holds no character that commands it`(text: String, printed: String) {
        #expect(text.forTerminal == printed)
        #expect(text.onOneLine == printed.replacing("\n", with: "\\u000a"))
        #expect(text.forTerminal.forTerminal == printed)
    }

    @Test func `is the same JSON as before`() throws {
        let data = try JSONEncoder().encode(["name": "a\u{9B}\u{202E}b\u{7F}"])
        let printed = String(decoding: data, as: UTF8.self).forTerminal
        #expect(
            try JSONDecoder().decode([String: String].self, from: Data(printed.utf8)) == [
                "name": "a\u{9B}\u{202E}b\u{7F}"
            ])
    }

    @Test func `keeps its columns, whatever a cell holds`() {
        var table = TextTable([.init(title: "Name"), .init(title: "Id")])
        table.append(["a\u{1B}b", "1"])
        table.append(["c\r\nd", "2"])
        #expect(table.text.split(separator: "\n").count == 4)
        #expect(table.text.contains("a\\u001bb  ") && !table.text.contains("\u{1B}") && !table.text.contains("\r"))
    }

    @Test func `goes through one function, which hides Swift's own`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/salons")
        let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
        let users = try files.filter { try String(contentsOf: $0, encoding: .utf8).contains("Swift.print(") }
        // A person's week has colours and nothing that somebody typed.
        let allowed: Set = ["TerminalText.swift", "CalendarCommand.swift", "CalendarWeekCommand.swift"]
        #expect(Set(users.map(\.lastPathComponent)).isSubset(of: allowed))
        #expect(users.contains { $0.lastPathComponent == "TerminalText.swift" })
    }
}

struct `Help for the columns of an import` {
    private static let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "README.md")

    @Test func `is in the README as the code has it`() throws {
        #expect(try String(contentsOf: Self.readme, encoding: .utf8).contains(Column.markdown))
    }

    @Test func `names every column and every other spelling`() {
        let help = ImportCommand.helpMessage(columns: 200)
        for column in Column.allCases {
            #expect(help.contains("  \(column.rawValue)"))
            for synonym in column.synonyms {
                #expect(help.contains(synonym))
                #expect(Column(header: synonym) == column && Column(header: synonym.uppercased()) == column)
            }
        }
    }
}
