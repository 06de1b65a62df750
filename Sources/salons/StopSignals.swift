import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a flag and a call, from the first moment of a long start on, so that a Ctrl-C during
/// the import stops as cleanly as one while serving.
///
/// `@unchecked Sendable`: the sources are set up before anyone else sees the object and only kept alive after that.
final class StopSignals: @unchecked Sendable {
    private struct State {
        var isStopping = false
        var handlers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.stop() }
            source.resume()
            sources.append(source)
        }
    }

    /// Whether a signal has come.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Calls when a signal comes, or at once if it has.
    func onStop(_ handler: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.isStopping { state.handlers.append(handler) }
            return state.isStopping
        }
        if isLate { handler() }
    }

    private func stop() {
        let handlers = state.withLock { state in
            state.isStopping = true
            defer { state.handlers = [] }
            return state.handlers
        }
        for handler in handlers { handler() }
    }
}
