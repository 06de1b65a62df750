import Foundation

/// Starting a child with chosen descriptors, in a session of its own, with every signal at its default.
enum ChildProcess {
    /// The standard descriptors of a child; nothing else that this process has open reaches it.
    struct Descriptors {
        var input: Int32
        var output: Int32
        var error: Int32
    }

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
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, "/")

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
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSID))

        var vector = arguments.map { strdup($0) }
        vector.append(nil)
        defer { vector.forEach { free($0) } }
        var process: pid_t = 0
        let number = posix_spawn(&process, arguments[0], &actions, &attributes, vector, environ)
        guard number == 0 else { throw .system(operation: "starting \(arguments[0])", number: number) }
        return process
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
        let process: pid_t
        do throws(LocalServicesError) {
            defer { close(pipe.write) }
            process = try spawn(arguments, Descriptors(input: null, output: pipe.write, error: pipe.write))
        }
        let output = Pipe.readToEnd(pipe.read)
        return (reap(process) == 0, output)
    }
}

/// A pipe both ends of which stay in this process unless they are handed on by name.
enum Pipe {
    static func make() throws(LocalServicesError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        try check("making a pipe", pipe2(&ends, O_CLOEXEC))
        return (ends[0], ends[1])
    }

    /// Everything up to the end of the stream, as text.
    static func readToEnd(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}
