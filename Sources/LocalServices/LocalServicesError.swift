/// Why a local service could not be started, stopped or looked at.
public enum LocalServicesError: Error, Equatable, CustomStringConvertible {
    /// A program is not installed; `package` is the Debian package that brings it.
    case missingProgram(String, package: String)
    /// There is no account of this name to run the servers under.
    case unknownUser(String)
    /// The account cannot enter or write the directory.
    case unreachable(directory: String, user: String)
    /// A live process already serves the directory.
    case alreadyRunning(directory: String, processID: Int32)
    /// A call of the operating system failed with this `errno`.
    case system(operation: String, number: Int32)
    /// A program ended or stayed silent; `output` is the tail of what it wrote.
    case failed(operation: String, output: String)

    /// One sentence for whoever started the service: what is wrong and, where it is known, what to do.
    public var description: String {
        switch self {
        case .missingProgram(let name, let package):
            "\(name) is not installed; install it with: apt-get install \(package)"
        case .unknownUser(let name):
            "PostgreSQL and Redis do not run as root, and there is no account \"\(name)\" to run them under"
        case .unreachable(let directory, let user):
            "the account \"\(user)\" cannot write \(directory); choose a directory it can reach with --dir"
        case .alreadyRunning(let directory, let processID):
            "process \(processID) already serves \(directory); stop it or choose another directory with --dir"
        case .system(let operation, let number):
            "\(operation): \(message(of: number))"
        case .failed(let operation, let output):
            output.isEmpty ? "\(operation) failed" : "\(operation) failed:\n\(output)"
        }
    }
}
