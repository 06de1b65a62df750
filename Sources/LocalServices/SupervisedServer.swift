import Foundation
import Synchronization

/// A server process that cannot outlive this one.
///
/// A small shell stands between. It holds the read end of a pipe whose only write end is here: a line in the pipe
/// names a signal for the server, and the pipe's end, which comes however this process dies, stops the server.
/// (`PR_SET_PDEATHSIG` would not do: it fires when the *thread* that forked ends.)
final class SupervisedServer: Sendable {
    /// What the shell does when the pipe ends.
    struct Ending: Sendable {
        /// Signals sent in turn, each ten seconds after the one before.
        var signals: [String]
        /// A home that is removed once the server is gone; for servers whose data nobody wants.
        var removing: ServiceHome?
    }

    private struct State {
        var hasExited = false
        var pipe: Int32
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// The server's own process, a child of the shell.
    let processID: pid_t
    private let state: Mutex<State>

    /// The server runs in the background of the shell, whose `wait` collects it; the reader of the pipe is a second
    /// background job, since `wait` and `read` both block.
    private static let script = """
        cd /
        signals=$1; home=$2; sockets=$3; shift 3
        exec 3<&0
        "$@" </dev/null >&2 3<&- &
        server=$!
        abandoned=
        trap 'abandoned=yes' USR1
        shell=$$
        {
            while read -r signal; do kill -s "$signal" "$server"; done
            kill -s USR1 "$shell"
            for signal in $signals; do
                kill -s "$signal" "$server" || exit 0
                i=0
                while [ $i -lt 500 ]; do sleep 0.02; kill -0 "$server" || exit 0; i=$((i + 1)); done
            done
        } <&3 >/dev/null 2>&1 &
        reader=$!
        echo "$server"
        exec </dev/null >/dev/null 3<&-
        while :; do
            wait "$server"; status=$?
            kill -0 "$server" 2>/dev/null || break
        done
        # When the pipe has ended the reader sees for itself that the server is gone; to kill it would orphan its sleep.
        [ -n "$abandoned" ] || kill "$reader" 2>/dev/null
        wait "$reader" 2>/dev/null
        if [ -n "$abandoned" ] && [ -n "$home" ]; then rm -rf "$home" "$sockets"; fi
        exit "$status"
        """

    /// Starts `command` (an absolute path and its arguments); both its streams are appended to the file `log`.
    init(_ command: [String], account: Account?, log: String, ending: Ending) throws(LocalServicesError) {
        let logFile = try check(
            "opening \(log)", open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600))
        defer { close(logFile) }
        let control = try Pipe.make()
        let report: (read: Int32, write: Int32)
        let shell: pid_t
        do throws(LocalServicesError) {
            defer { close(control.read) }
            report = try Pipe.make()
            defer { close(report.write) }
            let shellCommand = ["/bin/sh", "-c", Self.script, "sh"]
            let parameters = [
                ending.signals.joined(separator: " "), ending.removing?.directory ?? "", ending.removing?.sockets ?? "",
            ]
            shell = try ChildProcess.spawn(
                account.command(shellCommand + parameters + command),
                ChildProcess.Descriptors(input: control.read, output: report.write, error: logFile))
        } catch {
            close(control.write)
            throw error
        }
        defer { close(report.read) }
        let reported = Pipe.readToEnd(report.read)
        guard let server = pid_t(reported.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            close(control.write)
            ChildProcess.reap(shell)
            throw .failed(operation: "starting \(command[0])", output: LogTail.read(log))
        }
        processID = server
        state = Mutex(State(pipe: control.write))
        let thread = Thread { [self] in
            ChildProcess.reap(shell)
            let waiters = state.withLock { state in
                state.hasExited = true
                defer { state.waiters = [] }
                return state.waiters
            }
            abandon()
            waiters.forEach { $0.resume() }
        }
        thread.start()
    }

    /// Whether the server is gone and collected.
    var hasExited: Bool {
        state.withLock { $0.hasExited }
    }

    /// Sends a signal, named as `kill -s` names it, through the shell: unlike a process ID, the pipe cannot come to
    /// mean another process.
    func deliver(_ signal: String) {
        state.withLock { state in
            guard state.pipe >= 0, !state.hasExited else { return }
            let line = Array("\(signal)\n".utf8)
            // A socket and not a pipe, so that a shell that has gone is an error here and not SIGPIPE.
            _ = send(state.pipe, line, line.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Ends the pipe: the shell stops the server in its own time and removes what it was told to.
    func abandon() {
        state.withLock { state in
            if state.pipe >= 0 { close(state.pipe) }
            state.pipe = -1
        }
    }

    /// Waits until the server is gone.
    func waitForExit() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasExited { state.waiters.append(continuation) }
                return state.hasExited
            }
            if isOver { continuation.resume() }
        }
    }

    /// Blocks the calling thread until the server is gone or `limit` has passed; returns whether it is gone.
    @discardableResult
    func blockUntilExit(for limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        while !hasExited, ContinuousClock.now < deadline { usleep(2_000) }
        return hasExited
    }
}
