import Hummingbird
import Logging

/// What is known of a request besides what it says: its name and its log.
struct HTTPContext: InitializableFromSource {
    /// The name under which the log knows the request, and the answer tells it.
    let id: String
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        logger = source.logger
        // A log that keeps nothing does not keep the framework's name either.
        id = source.logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
    }
}
