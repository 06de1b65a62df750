import Foundation

/// The files of the documentation for people at `/docs`: Swagger UI, which the set-up fetches, and two of our own.
struct DocsFiles: Sendable {
    /// One file as it is served.
    struct File: Sendable {
        var bytes: [UInt8]
        var type: String
    }

    private var files: [String: File] = [:]

    /// Whether Swagger UI is there.
    let isComplete: Bool

    /// What is taken of Swagger UI, and what of it the page cannot do without.
    private static let wanted: [(name: String, type: String, isNeeded: Bool)] = [
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8", true),
        ("swagger-ui.css", "text/css; charset=utf-8", true), ("favicon-32x32.png", "image/png", false),
        ("LICENSE", "text/plain; charset=utf-8", false),
    ]

    /// Reads them into memory; a directory that is nil or lacks them leaves the plain page.
    init(directory: String?) {
        var isComplete = true
        for (name, type, isNeeded) in Self.wanted {
            if let directory, let data = FileManager.default.contents(atPath: "\(directory)/\(name)"), !data.isEmpty {
                files[name] = File(bytes: Array(data), type: type)
            } else if isNeeded {
                isComplete = false
            }
        }
        self.isComplete = isComplete
        files["start.js"] = File(bytes: Array(DocsPage.script.utf8), type: "text/javascript; charset=utf-8")
        files["salons.css"] = File(bytes: Array(DocsPage.style.utf8), type: "text/css; charset=utf-8")
    }

    /// A file by its name under `/docs/`.
    subscript(name: String) -> File? { files[name] }
}
