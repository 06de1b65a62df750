import Foundation
import Testing

@testable import LocalServices

@Suite struct ServiceHomeTests {
    @Test(.enabled(if: geteuid() == 0)) func `a directory out of the account's reach gets a stand-in that lasts`()
        async throws
    {
        try await withScratchDirectory { closed in
            // As a project under /root is: its parents can be entered by root alone.
            chmod(closed, 0o700)
            let asked = closed + "/service"
            let account = try Account.named("postgres")
            let first = try ServiceHome.prepare(asked, socketName: "s", account: account, logger: logger)
            defer { removeStandIn(first.directory) }
            #expect(first.directory.hasPrefix("/var/tmp/salons-"))
            #expect(try ChildProcess.run(account.command(["/usr/bin/test", "-w", first.directory])).succeeded)
            let second = try ServiceHome.prepare(asked, socketName: "s", account: account, logger: logger)
            #expect(second.directory == first.directory)
            #expect(ServiceHome.existing(asked, socketName: "s").directory == first.directory)
        }
    }

    @Test func `a directory that cannot be made is reported by name`() async throws {
        let error = #expect(throws: LocalServicesError.self) {
            try ServiceHome.prepare("/proc/none/here", socketName: "s", account: nil, logger: logger)
        }
        #expect(error?.description.contains("/proc/none/here") == true)
    }

    @Test func `a path too long for a socket gets a short one that lasts`() async throws {
        try await withScratchDirectory { directory in
            let deep = directory + "/" + String(repeating: "d", count: 90)
            let account = try Account.toRunAs("postgres")
            let first = try ServiceHome.prepare(deep, socketName: "a.sock", account: account, logger: logger)
            defer { removeStandIn(first.sockets) }
            #expect(first.directory == deep)
            #expect((first.sockets + "/a.sock").utf8.count <= 107)
            let second = try ServiceHome.prepare(deep, socketName: "a.sock", account: account, logger: logger)
            #expect(second.sockets == first.sockets)
            #expect(ServiceHome.existing(deep, socketName: "a.sock").sockets == first.sockets)
        }
    }

    @Test func `the longest path that a socket can have is kept as it is`() async throws {
        try await withScratchDirectory { directory in
            let room = ServiceHome.longestSocketPath - directory.utf8.count - "//run/a.sock".utf8.count
            let account = try Account.toRunAs("postgres")
            for (length, fits) in [(room, true), (room + 1, false)] {
                let asked = directory + "/" + String(repeating: "d", count: length)
                let home = try ServiceHome.prepare(asked, socketName: "a.sock", account: account, logger: logger)
                #expect(home.sockets.hasPrefix(directory) == fits)
                if !fits { removeStandIn(home.sockets) }
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `a link to a directory of somebody else's is not followed`() async throws {
        try await withScratchDirectory { directory in
            let deep = directory + "/" + String(repeating: "d", count: 90)
            try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
            var template = Array("/tmp/salons-XXXXXX".utf8CString)
            let foreign = String(cString: try #require(mkdtemp(&template)))
            defer { rmdir(foreign) }
            symlink(foreign, deep + "/sockets")
            let account = try Account.named("postgres")
            let home = try ServiceHome.prepare(deep, socketName: "a.sock", account: account, logger: logger)
            #expect(home.sockets != foreign)
            removeStandIn(home.sockets)
        }
    }
}
