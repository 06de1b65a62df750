import Foundation

/// Starting a child with chosen descriptors, in a session of its own, with every signal at its default.
enum ChildProcess {
    /// The standard descriptors of a child; nothing else that this process has open reaches it.
    struct Descriptors {
        var input: Int32
        var output: Int32
        var error: Int32
    }

    /// POSIX_SPAWN_SETSID, which glibc shows only to sources that define _GNU_SOURCE.
    private static let ownSession: Int16 = 0x80

    /// Starts `arguments[0]`, an absolute path, and returns its process ID, which the caller must wait for.
    ///
    /// The session of its own keeps the terminal's Ctrl-C away from the child. Signals are reset because a server
    /// that handles SIGINT through Dispatch has set it to be ignored, which a child would inherit.
    static func spawn(_ arguments: [String], _ descriptors: Descriptors) throws(LocalServicesError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, descriptors.input, 0)
        posix_spawn_file_actions_adddup2(&actions, descriptors.output, 1)
        posix_spawn_file_actions_adddup2(&actions, descriptors.error, 2)
        for descriptor in inheritable() { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var every = sigset_t()
        sigfillset(&every)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | ownSession)

        var vector = arguments.map { strdup($0) }
        vector.append(nil)
        defer { vector.forEach { free($0) } }
        var process: pid_t = 0
        let number = posix_spawn(&process, arguments[0], &actions, &attributes, vector, environ)
        guard number == 0 else { throw .system(operation: "starting \(arguments[0])", number: number) }
        return process
    }

    /// The open descriptors beyond the standard three that an `exec` would hand on: what some library opened
    /// carelessly must not be kept open by a server.
    private static func inheritable() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { descriptor in
            let flags = fcntl(descriptor, F_GETFD)
            return descriptor > 2 && flags >= 0 && flags & FD_CLOEXEC == 0
        }
    }

    /// Waits for a child of this process and returns its wait status.
    @discardableResult
    static func reap(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Runs a program to its end; returns whether it succeeded, and all that it wrote.
    static func run(_ arguments: [String]) throws(LocalServicesError) -> (succeeded: Bool, output: String) {
        let null = try check("opening /dev/null", open("/dev/null", O_RDONLY | O_CLOEXEC))
        defer { close(null) }
        let pipe = try Pipe.make()
        defer { close(pipe.read) }
        let started = Result { () throws(LocalServicesError) in
            try spawn(arguments, Descriptors(input: null, output: pipe.write, error: pipe.write))
        }
        close(pipe.write)
        let process = try started.get()
        let output = Pipe.readToEnd(pipe.read)
        return (reap(process) == 0, output)
    }
}
