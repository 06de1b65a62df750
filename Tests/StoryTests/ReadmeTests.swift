import Foundation
import Harness
import Testing

/// Where this fails because a module or an arrow has come or gone: correct the figure in the README.
struct `The figure of the modules` {
    /// A floor of the figure: its modules, each with those of the same floor that it imports.
    private typealias Floor = [String: Set<String>]

    @Test func `shows every module once, and each arrow of a floor; the others point to a floor below`() throws {
        let figure = try #require(Readme.blocks("", in: try Readme.text()).first)
        let manifest = try String(
            contentsOf: Readme.package.appending(path: "Package.swift"), encoding: .utf8)
        let modules = Self.modules(manifest)
        #expect(modules.count > 30 && modules["Discovery"]?.contains("Directory") == true)
        let floors = try Self.floors(figure)
        let shown = floors.flatMap(\.keys)
        #expect(Set(shown).count == shown.count, "a module is there twice")
        #expect(Set(shown) == Set(modules.keys))
        for (number, floor) in floors.enumerated() {
            let below = Set(floors[(number + 1)...].flatMap(\.keys))
            for (module, drawn) in floor {
                let imports = modules[module] ?? []
                #expect(imports.intersection(floor.keys) == drawn, "arrows of \(module)")
                let others = imports.subtracting(floor.keys).subtracting(below)
                #expect(others.isEmpty, "\(module) imports \(others.sorted()) of a floor above")
            }
        }
    }

    @Test func `says so when an arrow is wrong`() throws {
        let floors = try Self.floors(
            """
            above: what it is
              A -> B, C   why
              B, C
            below
              D           and not -> A
            """)
        #expect(floors == [["A": ["B", "C"], "B": [], "C": []], ["D": []]])
    }

    /// Lines without an indent begin a floor; the others name modules, then `->` and what they import, then after three
    /// spaces what they are.
    private static func floors(_ figure: String) throws -> [Floor] {
        var floors: [Floor] = []
        for line in figure.split(separator: "\n") {
            guard line.hasPrefix("  ") else {
                floors.append([:])
                continue
            }
            let item = line.dropFirst(2)
            let arrows = (item.firstRange(of: "   ").map { item[..<$0.lowerBound] } ?? item)
                .split(separator: " -> ")
            let names = arrows.map {
                Set($0.split(separator: ", ").map { String($0).trimmingCharacters(in: .whitespaces) })
            }
            for name in names[0] { floors[floors.count - 1][name] = names.count > 1 ? names[1] : [] }
        }
        return floors
    }

    /// The targets of `Sources` with those that they import.
    private static func modules(_ manifest: String) -> [String: Set<String>] {
        var modules: [String: Set<String>] = [:]
        let targets =
            #/(?:\bmodule\(|[tT]arget\(|\.systemLibrary\()\s*(?:name: )?"([A-Za-z-]+)"((?:[^()]|\([^()]*\))*)\)/#
        for match in manifest.matches(of: targets) where !match.2.contains("path: ") {
            let name = String(match.1)
            if name.hasSuffix("Tests") { continue }
            // Only what stands in the list of dependencies: a library's name for pkg-config and a file are texts, too.
            let list = match.2.firstMatch(of: #/\[([^\]]*)\]/#)?.1 ?? ""
            modules[name] = Set(list.matches(of: #/"([A-Za-z-]+)"/#).map { String($0.1) })
        }
        return modules
    }
}
