import Foundation

/// Where the migrations of this checkout are.
enum MigrationsDirectory {
    /// Here, or above the program.
    static func find() throws -> String {
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var candidates = ["migrations"]
        for _ in 0..<6 {
            directory = directory.deletingLastPathComponent()
            candidates.append(directory.appendingPathComponent("migrations").path)
        }
        for candidate in candidates where FileManager.default.fileExists(atPath: "\(candidate)/0001_roles.sql") {
            return candidate
        }
        throw Program.Failure(description: "there is no directory `migrations` here")
    }
}
