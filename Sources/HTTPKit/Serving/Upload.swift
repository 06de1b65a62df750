import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A request's body on its way: whether somebody waits for more of it, and whether all of it came.
///
/// What goes wrong while a body arrives is the sender's doing, so it becomes a problem of the request and not of ours.
final class Upload: Sendable {
    private let isWaiting = Atomic(false)
    private let length: Int?

    /// Whether the handler waits for the sender at this moment.
    var isAwaited: Bool { isWaiting.load(ordering: .relaxed) }

    /// Puts itself in the way of a request's body; nil for a request that has none.
    init?(of request: inout Request) {
        length = request.headers[.contentLength].flatMap { Int($0) }
        guard (length ?? 0) > 0 || request.headers[.transferEncoding] != nil else { return nil }
        request.body = RequestBody(asyncSequence: Parts(upload: self, body: request.body))
    }

    private struct Parts: AsyncSequence, Sendable {
        let upload: Upload
        let body: RequestBody

        struct Iterator: AsyncIteratorProtocol {
            let upload: Upload
            var parts: RequestBody.AsyncIterator
            var count = 0

            @concurrent
            mutating func next() async throws -> ByteBuffer? {
                upload.isWaiting.store(true, ordering: .relaxed)
                let part: ByteBuffer?
                do {
                    part = try await parts.next()
                } catch let error as CancellationError {
                    throw error
                } catch {
                    throw Problem(.invalidRequest, "the body did not arrive whole")
                }
                // Giving up looks like the end of the body, too, and must not let half of it be taken for all.
                try Task.checkCancellation()
                // Not where it was given up: then the sender was waited for to the end.
                upload.isWaiting.store(false, ordering: .relaxed)
                count += part?.readableBytes ?? 0
                // A connection that ends looks like the end of the body.
                if part == nil, let length = upload.length, count != length {
                    throw Problem(.invalidRequest, "the body did not arrive whole")
                }
                return part
            }
        }

        func makeAsyncIterator() -> Iterator {
            Iterator(upload: upload, parts: body.makeAsyncIterator())
        }
    }
}
