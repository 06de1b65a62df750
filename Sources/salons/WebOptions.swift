import Tenancy

/// Origins and host names of the command line.
enum WebOptions {
    /// As browsers write them, each once. Throws a sentence that names the option.
    static func origins(_ texts: [String]) throws(CommandError) -> [String] {
        var origins: [String] = []
        for text in texts {
            do {
                let origin = try WebName.origin(text)
                if !origins.contains(origin) { origins.append(origin) }
            } catch {
                throw CommandError("--origin \(text): \(error)")
            }
        }
        return origins
    }

    /// As they are compared, each once. Throws a sentence that names the option, if there is one.
    static func hosts(_ texts: [String], option: String) throws(CommandError) -> [String] {
        var hosts: [String] = []
        for text in texts {
            do {
                let host = try WebName.host(text)
                if !hosts.contains(host) { hosts.append(host) }
            } catch {
                throw CommandError("\(option)\(text): \(error)")
            }
        }
        return hosts
    }
}
