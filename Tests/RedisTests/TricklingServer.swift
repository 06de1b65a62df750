import Foundation
import Glibc

/// Greets, then answers anything with a long value, one byte every few milliseconds, for as long as anyone listens.
final class TricklingServer: Sendable {
    let path: String
    private let listener: Int32

    init() throws {
        path = ScriptedServer.newPath()
        listener = try ScriptedServer.listen(at: path)
        let listener = listener
        Thread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread { Self.serve(connection) }.start()
            }
        }.start()
    }

    deinit {
        Glibc.shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    private static func serve(_ connection: Int32) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard read(connection, &buffer, buffer.count) > 0 else { return }
        ScriptedServer.send("+PONG\r\n", to: connection)
        guard read(connection, &buffer, buffer.count) > 0 else { return }
        var isHeard = ScriptedServer.send("$1000000\r\n", to: connection)
        while isHeard {
            usleep(2000)
            isHeard = ScriptedServer.send("x", to: connection)
        }
    }
}
