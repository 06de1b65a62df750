import Foundation
import Testing

@testable import LocalServices

@Suite struct ProgramTests {
    @Test func `a missing program is reported with the package that brings it`() {
        let program = Program(name: "postgres", package: "postgresql-15", directories: ["/nonexistent", "/proc"])
        let error = #expect(throws: LocalServicesError.missingProgram("postgres", package: "postgresql-15")) {
            try program.find()
        }
        #expect(
            error?.description == "postgres is not installed; install it with: apt-get install postgresql-15")
    }

    @Test func `an account that does not exist, and root, are refused`() {
        #expect(throws: LocalServicesError.unknownUser("no-such-account")) { try Account.named("no-such-account") }
        #expect(throws: LocalServicesError.unknownUser("root")) { try Account.named("root") }
    }

    @Test func `packages that are not installed are listed in order`() async throws {
        let asked = ["no-such-package-b", "dpkg", "no-such-package-a"]
        #expect(try await DebianPackages.missing(of: asked) == ["no-such-package-b", "no-such-package-a"])
    }

    @Test func `set-up installs the packages that the check asks for`() throws {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let script = try String(contentsOf: root.appending(path: ".ci/setup"), encoding: .utf8)
        let list = try #require(script.firstMatch(of: /\nrequired="([^"]*)"/)).output.1
        #expect(list.split(whereSeparator: \.isWhitespace).map(String.init) == DebianPackages.required)
    }

    @Test func `a live process is a postmaster only if it is a server of the same directory`() async throws {
        try await withScratchDirectory { directory in
            let lines = ["\(getpid())", directory, "0", "5432", "/run", "", "", "ready   "]
            try lines.joined(separator: "\n").write(
                toFile: PostmasterFile.path(in: directory), atomically: false, encoding: .utf8)
            let file = try #require(PostmasterFile(dataDirectory: directory))
            #expect(file.processID == getpid())
            #expect(file.isReady)
            #expect(file.socketDirectory == "/run")
            #expect(!file.isRunning)
        }
    }
}
