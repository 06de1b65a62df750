import Foundation
import Testing

/// Where this fails because a module has come or gone: correct the figure in the README.
struct `The figure of the modules` {
    @Test func `shows every module once, above all that it imports`() throws {
        let figure = try #require(Readme.blocks("", in: try Readme.text()).first)
        let manifest = try String(
            contentsOf: Readme.package.appending(path: "Package.swift"), encoding: .utf8)
        let modules = Self.modules(manifest)
        #expect(modules.count > 25 && modules["SearchAPI"]?.contains("Discovery") == true)
        var lines: [String: Int] = [:]
        for (number, line) in figure.split(separator: "\n").enumerated() {
            // What stands behind three spaces says what the line is.
            let names = line.firstRange(of: "   ").map { line[..<$0.lowerBound] } ?? line
            for name in names.split(separator: " ") {
                #expect(lines.updateValue(number, forKey: String(name)) == nil, "\(name) is there twice")
            }
        }
        #expect(Set(lines.keys) == Set(modules.keys))
        for (module, dependencies) in modules {
            for dependency in dependencies {
                guard let above = lines[module], let below = lines[dependency] else { continue }
                #expect(above < below, "\(module) imports \(dependency)")
            }
        }
    }

    /// The targets of `Sources` with those that they import.
    private static func modules(_ manifest: String) -> [String: [String]] {
        var modules: [String: [String]] = [:]
        let targets =
            #/(?:\bmodule\(|[tT]arget\(|\.systemLibrary\()\s*(?:name: )?"([A-Za-z-]+)"((?:[^()]|\([^()]*\))*)\)/#
        for match in manifest.matches(of: targets) where !match.2.contains("path: ") {
            let name = String(match.1)
            if name.hasSuffix("Tests") { continue }
            modules[name] = match.2.matches(of: #/"([A-Za-z]+)"/#).map { String($0.1) }.filter { $0 != "libpq" }
        }
        return modules
    }
}
