import Foundation
import Geodesy
import Harness
import Logging
import Salons
import SeededRandom
import Synchronization
import Testing

@testable import Directory

/// The directory follows its source: what it shows, and what it says of itself.
struct FeedTests {
    let tenants = [TenantID(UUID())]

    static let quick = Directory.Configuration(
        pollInterval: .milliseconds(1), batchLimit: 7, reconcileInterval: .seconds(600),
        confirmationDelay: .milliseconds(2), firstPause: .milliseconds(1), longestPause: .milliseconds(4))

    static func logger() -> Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Runs a directory for as long as the body takes.
    static func running(
        _ source: FakeSource, _ configuration: Directory.Configuration = quick,
        _ body: (Directory) async throws -> Void
    ) async throws {
        let directory = Directory(source: source, configuration: configuration, logger: logger())
        let task = Task { try await directory.run() }
        do { try await body(directory) } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        try await task.value
    }

    static func ids(_ directory: Directory) throws -> Set<SalonID> {
        let query = SalonQuery(
            origin: Coordinate(uncheckedLatitude: 0, longitude: 0), region: .everywhere, limit: 100_000)
        let result = try directory.search(query)
        return Set(result.hits.map { result.id(of: $0) })
    }

    func salons(_ count: Int, _ generator: inout SplitMix64) -> [TestSalon] {
        (0..<count).map { _ in generator.salon(tenants: tenants) }
    }

    @Test(.timeLimit(.minutes(1))) func `is not ready before it is loaded, and waits for a source that is away`()
        async throws
    {
        var generator = SplitMix64(seed: 1)
        let source = FakeSource(salons(50, &generator))
        source.content.withLock { $0.isAway = true }
        try await Self.running(source) { directory in
            try await eventually { source.content.withLock { $0.failures } >= 3 }
            #expect(!directory.status.isLoaded)
            #expect(throws: DirectoryError.notReady) { try Self.ids(directory) }
            source.content.withLock { $0.isAway = false }
            try await eventually { directory.status.isLoaded }
            #expect(directory.status.salons == 50)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `shows what is added, changed and removed`() async throws {
        var generator = SplitMix64(seed: 2)
        let first = salons(30, &generator)
        let source = FakeSource(first)
        try await Self.running(source) { directory in
            try await eventually { directory.status.isLoaded }
            let before = directory.version
            let added = salons(20, &generator)
            for salon in added { source.put(salon) }
            var changed = first[3]
            changed.version += 1
            changed.salon.profile.location = Coordinate(uncheckedLatitude: 1, longitude: 2)
            source.put(changed)
            source.remove(first[0].id)
            try await eventually { try Self.ids(directory) == Set(source.all.map(\.id)) }
            try await eventually { directory.status.lastChange == "22/22" }
            #expect(directory.version > before)
            #expect(try directory.salon(first[0].id) == nil)
            let entry = try #require(try directory.salon(changed.id))
            #expect(entry.version == changed.version)
            #expect(entry.coordinate == changed.salon.profile.location)
            #expect(entry.tenant == tenants[0])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `catches up after the source was away`() async throws {
        var generator = SplitMix64(seed: 3)
        let source = FakeSource(salons(10, &generator))
        try await Self.running(source) { directory in
            try await eventually { directory.status.isLoaded }
            source.content.withLock { $0.isAway = true }
            for salon in salons(40, &generator) { source.put(salon) }
            try await eventually { !directory.status.feedHealthy }
            #expect(try Self.ids(directory).count == 10)
            #expect(directory.status.indexLag > 0)
            source.content.withLock { $0.isAway = false }
            try await eventually { try Self.ids(directory).count == 50 }
            try await eventually { directory.status.feedHealthy && directory.status.indexLag == 0 }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `applies events that fall into the load`() async throws {
        var generator = SplitMix64(seed: 4)
        let source = FakeSource(salons(10, &generator))
        let (late, gone) = (generator.salon(tenants: tenants), source.all[0].id)
        source.content.withLock {
            $0.duringLoad = {
                $0.put(late)
                $0.remove(gone)
            }
        }
        try await Self.running(source) { directory in
            try await eventually { directory.status.lastChange == "2/2" }
            #expect(try Self.ids(directory) == Set(source.all.map(\.id)))
        }
    }

    @Test(.timeLimit(.minutes(1))) func `withheld events count as lag and are shown once handed out`() async throws {
        var generator = SplitMix64(seed: 5)
        let source = FakeSource(salons(5, &generator))
        try await Self.running(source) { directory in
            try await eventually { directory.status.isLoaded }
            source.content.withLock { $0.withheldFrom = 0 }
            source.put(generator.salon(tenants: tenants))
            try await eventually { directory.status.indexLag > 0 }
            #expect(try Self.ids(directory).count == 5)
            source.content.withLock { $0.withheldFrom = nil }
            try await eventually { try Self.ids(directory).count == 6 }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `repairs what no event told of`() async throws {
        var generator = SplitMix64(seed: 6)
        let first = salons(40, &generator)
        let source = FakeSource(first)
        var configuration = Self.quick
        configuration.reconcileInterval = .milliseconds(2)
        try await Self.running(source, configuration) { directory in
            try await eventually { directory.status.reconciliations > 2 }
            #expect(directory.status.repairs == 0)
            source.put(generator.salon(tenants: tenants), announced: false)
            source.remove(first[0].id, announced: false)
            var changed = first[1]
            changed.version += 5
            source.put(changed, announced: false)
            try await eventually { directory.status.repairs == 3 }
            #expect(try Self.ids(directory) == Set(source.all.map(\.id)))
            #expect(try directory.salon(changed.id)?.version == changed.version)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `counts hours that are not understood as they come and go`() async throws {
        var generator = SplitMix64(seed: 7)
        var salon = generator.salon(tenants: tenants)
        salon.salon.profile.openingHours = "whenever we like"
        let source = FakeSource([salon])
        try await Self.running(source) { directory in
            try await eventually { directory.status.isLoaded }
            #expect(directory.status.unknownHours == 1)
            salon.salon.profile.openingHours = "24/7"
            source.put(salon)
            try await eventually { directory.status.lastChange == "1/1" }
            #expect(directory.status.unknownHours == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `many readers see whole views while changes are merged`() async throws {
        var generator = SplitMix64(seed: 8)
        let source = FakeSource(salons(500, &generator))
        let spare = salons(1_200, &generator)
        try await Self.running(source) { directory in
            try await eventually { directory.status.isLoaded }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var last: UInt64 = 0
                        while last < 60 {
                            let result = try directory.search(
                                SalonQuery(
                                    origin: Coordinate(uncheckedLatitude: 55.7, longitude: 12.5), region: .everywhere,
                                    limit: 2_000))
                            #expect(result.version >= last)
                            #expect(Set(result.hits.map { result.id(of: $0) }).count == result.hits.count)
                            last = result.version
                            for hit in result.hits.prefix(50) {
                                result.appendCard(of: hit, fields: .all, now: Date()) { _ in }
                            }
                            await Task.yield()
                        }
                    }
                }
                for salon in spare { source.put(salon) }
                try await group.waitForAll()
            }
            try await eventually { try Self.ids(directory).count == 1_700 }
        }
    }
}
