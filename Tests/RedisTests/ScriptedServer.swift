import Foundation
import Glibc
import Redis
import Synchronization

/// A listener on a unix socket that answers with whatever bytes a test wants.
final class ScriptedServer: Sendable {
    /// What to do once something has come in on a connection that has been greeted.
    enum Step: Sendable {
        case answer(String)
        case answerAndClose(String)
        case silence
    }

    private struct State {
        var connections = 0
        var received = 0
    }

    private let path: String
    private let listener: Int32
    private let state = Mutex(State())

    /// `script` is asked for each chunk that arrives, with the number of its connection, counted from 1.
    init(_ script: @escaping @Sendable (_ connection: Int, _ input: String) -> Step) throws {
        path = Self.newPath()
        listener = try Self.listen(at: path)
        let listener = listener
        Thread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                let number = self.state.withLock { state in
                    state.connections += 1
                    return state.connections
                }
                Thread { [weak self] in
                    Self.serve(connection, received: { self?.state.withLock { $0.received += 1 } }) {
                        script(number, $0)
                    }
                }.start()
            }
        }.start()
    }

    deinit {
        Glibc.shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    /// How many connections were made to it.
    var connections: Int { state.withLock { $0.connections } }
    /// How many chunks came in after greetings.
    var received: Int { state.withLock { $0.received } }

    var configuration: Configuration {
        var configuration = Configuration(endpoint: .unix(path: path))
        configuration.connections = 1
        configuration.commandTimeout = .seconds(20)
        configuration.connectTimeout = .seconds(20)
        return configuration
    }

    /// A path for a socket, short, since it may have 107 bytes only.
    static func newPath() -> String {
        FileManager.default.temporaryDirectory.path + "/redis-\(UInt32.random(in: 0 ... .max)).sock"
    }

    static func listen(at path: String) throws -> Int32 {
        let listener = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(listener, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return listener
    }

    /// Returns whether anyone was there to send to.
    @discardableResult
    static func send(_ text: String, to connection: Int32) -> Bool {
        Glibc.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL)) >= 0
    }

    private static func serve(
        _ connection: Int32, received: () -> Void, _ script: (String) -> Step
    ) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var isGreeted = false
        defer { close(connection) }
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return }
            guard isGreeted else {
                send("+PONG\r\n", to: connection)
                isGreeted = true
                continue
            }
            received()
            switch script(String(decoding: buffer[..<count], as: UTF8.self)) {
            case .silence: break
            case .answer(let text): send(text, to: connection)
            case .answerAndClose(let text):
                send(text, to: connection)
                return
            }
        }
    }
}
