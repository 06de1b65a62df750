import Directory
import Discovery
import Foundation
import Logging
import Redis
import SalonAPI
import Salons
import Scheduling
import ServiceLifecycle
import Synchronization
import Tenancy

/// A running `SalonServer` on a port of its own.
final class Door: Sendable {
    let port: Int
    private let services: ServiceGroup
    private let running: Task<Void, any Error>

    private init(port: Int, services: ServiceGroup, running: Task<Void, any Error>) {
        self.port = port
        self.services = services
        self.running = running
    }

    static func open(
        _ backend: Backend, configuration: APIConfiguration = APIConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil,
        onCalendarChange: (@Sendable (SalonID, [StaffID]) async -> Void)? = nil
    ) async throws -> Door {
        var configuration = configuration
        configuration.port = 0
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let logger = backend.log.logger("server")
        let server = SalonServer(
            configuration: configuration, discovery: discovery ?? backend.discovery,
            resolver: resolver ?? backend.resolver,
            desk: onCalendarChange.map { backend.desk(onCalendarChange: $0) } ?? backend.desk,
            gathered: {
                [
                    Metric(
                        "salons_redis_healthy", .gauge, "1 while Redis answers.",
                        value: backend.redis.statistics.circuit == .closed ? 1 : 0)
                ]
            },
            readiness: {
                let status = backend.directory.status
                return Readiness(
                    isDirectoryLoaded: status.isLoaded, isFeedHealthy: status.feedHealthy,
                    lagSeconds: status.indexLag, areCalendarsCurrent: status.feedHealthy,
                    isDatabaseAnswering: status.feedHealthy, isCacheHealthy: backend.redis.statistics.circuit == .closed
                )
            },
            logger: logger, onListening: { told.yield($0) })
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: logger))
        let running = Task {
            defer { told.finish() }
            try await services.run()
        }
        for await port in ports { return Door(port: port, services: services, running: running) }
        try await running.value
        throw WireError(description: "the server did not listen")
    }

    /// Opens a door, and closes it after the body, also when that throws.
    static func with<R>(
        _ backend: Backend, configuration: APIConfiguration = APIConfiguration(), discovery: Discovery? = nil,
        resolver: (any ScopeResolving)? = nil, _ body: (Door) async throws -> R
    ) async throws -> R {
        let door = try await open(backend, configuration: configuration, discovery: discovery, resolver: resolver)
        do {
            let result = try await body(door)
            try await door.close()
            return result
        } catch {
            try? await door.close()
            throw error
        }
    }

    /// One on the shared backend, for all tests that need no limits of their own.
    static func shared() async throws -> Door {
        let task = sharedTask.withLock { task in
            if let task { return task }
            let made = Task { try await Door.open(try await Backend.shared()) }
            task = made
            return made
        }
        return try await task.value
    }

    private static let sharedTask = Mutex<Task<Door, any Error>?>(nil)

    /// Stops gracefully and returns once `run()` has returned.
    func close() async throws {
        await services.triggerGracefulShutdown()
        try await running.value
    }

    /// Asks on a connection of its own. The `Host` is the loopback's unless the fields say another.
    func ask(
        _ target: String, method: String = "GET", fields: [String] = [], body: [UInt8]? = nil
    ) async throws -> Reply {
        let wire = try Wire(port: port)
        try await wire.send(Self.request(target, method: method, fields: fields, body: body))
        return try await wire.reply(head: method == "HEAD")
    }

    /// Asks with a JSON body.
    func send(
        _ method: String, _ target: String, _ body: String? = nil, key: String? = nil, fields: [String] = []
    ) async throws -> Reply {
        var fields = fields
        if let key { fields.append("Idempotency-Key: \(key)") }
        if body != nil { fields.append("Content-Type: application/json") }
        return try await ask(target, method: method, fields: fields, body: body.map { Array($0.utf8) })
    }

    /// The bytes of a request.
    static func request(
        _ target: String, method: String = "GET", fields: [String] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var lines = ["\(method) \(target) HTTP/1.1"]
        if !fields.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: 127.0.0.1") }
        lines += fields
        if let body { lines.append("Content-Length: \(body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }
}
