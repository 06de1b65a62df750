import HTTPTypes
import Testing

@testable import HTTPKit

struct `The head of an answer` {
    private static func head(
        _ policy: CrossOrigin, origin: String? = nil, hasCredential: Bool = false, copies: String? = nil,
        caching: Reply.Caching = .seconds(9)
    ) -> (HTTPResponse, hasContent: Bool) {
        let endpoint = Things.list(crossOrigin: policy)
        let asker = AnswerHead.Asker(
            origin: origin, hasCredential: hasCredential, audience: hasCredential ? "guest" : nil, target: "/x",
            copies: copies)
        return AnswerHead(asker: asker, operation: endpoint.operation).head(of: Things.said("a").tagged(caching))
    }

    @Test func `lets any page read what is public`() {
        for origin in [nil, "https://a.example", "null"] {
            let fields = Self.head(.open, origin: origin).0.headerFields
            #expect(fields[.accessControlAllowOrigin] == "*")
            #expect(fields[.accessControlAllowCredentials] == nil)
        }
    }

    @Test func `lets the page of a key's origin read what the key opens, and no other`() {
        let fields = Self.head(.open, origin: "https://a.example", hasCredential: true).0.headerFields
        #expect(fields[.accessControlAllowOrigin] == "https://a.example")
        #expect(fields[.vary] == "Authorization, Origin")
        #expect(Self.head(.open, hasCredential: true).0.headerFields[.accessControlAllowOrigin] == nil)
    }

    @Test func `lets no page read what is for none`() {
        for hasCredential in [true, false] {
            let fields = Self.head(.none, origin: "https://a.example", hasCredential: hasCredential).0.headerFields
            #expect(fields[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func `keeps what a credential opened for its caller`() {
        #expect(Self.head(.open).0.headerFields[.cacheControl] == "public, max-age=9")
        #expect(Self.head(.open, hasCredential: true).0.headerFields[.cacheControl] == "private, max-age=9")
        #expect(Self.head(.open, caching: .revalidated).0.headerFields[.cacheControl] == "private, no-cache")
        #expect(Self.head(.open, caching: .never).0.headerFields[.cacheControl] == "no-store")
    }

    @Test func `says that a copy is still right, to whom it belongs only`() throws {
        let tag = try #require(Self.head(.open).0.headerFields[.eTag])
        for copies in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let (head, hasContent) = Self.head(.open, copies: copies)
            #expect(head.status == .notModified)
            #expect(!hasContent)
            #expect(head.headerFields[.eTag] == tag)
        }
        #expect(Self.head(.open, hasCredential: true, copies: tag).0.status == .ok)
    }
}
