public import Availability
import Crypto
public import Directory
public import Foundation
import Geodesy
public import Salons
import Synchronization
public import Tenancy

/// Answers the customers' questions from the directory: where, in which order, page by page.
///
/// Thread safety: any thread; searches hold no lock.
public final class Discovery: Sendable {
    let directory: Directory
    let availability: AvailabilityBoard?
    private let cache: (any AnswerCache)?
    let cursorKey: SymmetricKey
    /// Names the key in the cache: an answer holds a cursor that only its own key reads.
    private let cursorKeyName: String
    let now: @Sendable () -> Date
    private let questions = Coalescer<String, EncodedAnswer>()
    /// Tells this process's entity tags from another's, whose version numbers mean something else.
    private let instance = String(UInt64.random(in: .min ... .max), radix: 36)
    private let hits = Atomic<Int>(0)
    private let misses = Atomic<Int>(0)

    /// - Parameters:
    ///   - directory: the read model to search.
    ///   - availability: when salons have time; nil for an instance that answers only where they are.
    ///   - cache: shares costly answers between instances; nil does without.
    ///   - cursorSecret: signs cursors, the same on all instances; nil makes one that lives as long as the process.
    ///   - now: the clock.
    public init(
        directory: Directory, availability: AvailabilityBoard? = nil, cache: (any AnswerCache)? = nil,
        cursorSecret: [UInt8]? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.directory = directory
        self.availability = availability
        self.cache = cache
        let key = cursorSecret.map { SymmetricKey(data: SHA256.hash(data: $0)) } ?? SymmetricKey(size: .bits256)
        self.cursorKey = key
        let name = HMAC<SHA256>.authenticationCode(for: Array("name".utf8), using: key)
        self.cursorKeyName = name.prefix(8).map { String($0, radix: 16) }.joined(separator: ".")
        self.now = now
    }

    /// Costly answers that came from the shared cache, and those that had to be computed.
    public var cacheCounts: (hits: Int, misses: Int) {
        (hits.load(ordering: .relaxed), misses.load(ordering: .relaxed))
    }

    // MARK: Nearby

    /// Searches at once, in memory, on the calling thread; nil when the page is empty and must be diagnosed, which
    /// takes longer than a thread that serves others should be held.
    public func quickNearby(_ request: NearbyRequest, scope: TenantScope) throws(DiscoveryError) -> NearbyAnswer? {
        let answer = try nearby(request, scope: scope, diagnoses: false)
        return answer.count == 0 ? nil : answer
    }

    /// Searches in memory; says why when nothing is found.
    public func nearby(_ request: NearbyRequest, scope: TenantScope) throws(DiscoveryError) -> NearbyAnswer {
        try nearby(request, scope: scope, diagnoses: true)
    }

    private func nearby(
        _ request: NearbyRequest, scope: TenantScope, diagnoses: Bool
    ) throws(DiscoveryError) -> NearbyAnswer {
        let now = now()
        let cursor = try request.cursor.map { text throws(DiscoveryError) in
            try Cursor(text, canonical: request.canonical, scope: scope, key: cursorKey)
        }
        let first = cursor?.instant ?? now
        var query = SalonQuery(
            origin: request.origin, region: request.region, filter: request.filter, tenant: scope.tenant,
            order: request.order, limit: request.limit, after: cursor?.after)
        if request.openNow { query.filter.openAt = first }
        do {
            let result = try directory.search(query)
            var next: String?
            if result.hasMore, let last = result.hits.last {
                next = Cursor(after: result.sortKey(of: last), instant: first)
                    .text(canonical: request.canonical, scope: scope, key: cursorKey)
            }
            let diagnosis =
                diagnoses && result.hits.isEmpty && cursor == nil ? try directory.diagnose(query) : nil
            return NearbyAnswer(
                result: result, fields: request.fields, now: now, nextCursor: next, diagnosis: diagnosis,
                request: request, entityTag: tag(version: result.version, now: now, question: request, scope: scope))
        } catch {
            throw Self.translated(error)
        }
    }

    /// As `nearby`, written out; a costly answer is shared through the cache and computed once for all who ask at the
    /// same time.
    public func encodedNearby(
        _ request: NearbyRequest, scope: TenantScope
    ) async throws(DiscoveryError) -> EncodedAnswer {
        guard request.isCostly, let cache, let change = directory.status.lastChange else {
            return try encode(try nearby(request, scope: scope))
        }
        // What speaks of now holds until the minute ends, so the minute is part of the version.
        let minute = Int(now().timeIntervalSince1970 / 60)
        let version = "\(change).\(minute)"
        let question =
            "\(request.canonical)&limit=\(request.limit)&fields=\(request.fields.rawValue)"
            + "&cursor=\(request.cursor ?? "")&key=\(cursorKeyName)"
        do {
            return try await questions.value(for: "\(scope.audience)|\(version)|\(question)") { [self] in
                try await shared(request, scope: scope, cache: cache, version: version, question: question)
            }
        } catch let error as DiscoveryError {
            throw error
        } catch {
            // A search throws nothing else: whoever waits was cancelled.
            throw .cancelled
        }
    }

    private func shared(
        _ request: NearbyRequest, scope: TenantScope, cache: any AnswerCache, version: String, question: String
    ) async throws(DiscoveryError) -> EncodedAnswer {
        // The same on all instances.
        let sum = SHA256.hash(data: Array("\(scope.audience)|\(question)".utf8)).prefix(9)
        let tag = "W/\"\(version)-\(Data(sum).base64EncodedString())\""
        // A cursor is checked before the cache is asked, so that a forged one is refused whatever the cache holds.
        if let cursor = request.cursor {
            _ = try Cursor(cursor, canonical: request.canonical, scope: scope, key: cursorKey)
        }
        if let bytes = await cache.answer(scope: scope, kind: "nearby", version: version, canonical: question) {
            hits.wrappingAdd(1, ordering: .relaxed)
            return EncodedAnswer(bytes: bytes, entityTag: tag)
        }
        misses.wrappingAdd(1, ordering: .relaxed)
        let answer = try encode(try nearby(request, scope: scope))
        let left = 60 - now().timeIntervalSince1970.truncatingRemainder(dividingBy: 60)
        await cache.store(
            answer.bytes, scope: scope, kind: "nearby", version: version, canonical: question,
            lifetime: .milliseconds(Int(left * 1_000) + 1))
        return EncodedAnswer(bytes: answer.bytes, entityTag: tag)
    }

    private func encode(_ answer: NearbyAnswer) throws(DiscoveryError) -> EncodedAnswer {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        answer.encode { bytes.append(contentsOf: $0) }
        return EncodedAnswer(bytes: bytes, entityTag: answer.entityTag)
    }

    // MARK: One salon

    /// The JSON object of one published salon; nil when there is none, or when it belongs to another tenant than the
    /// scope's.
    public func salon(
        _ id: SalonID, fields: CardFields, scope: TenantScope
    ) throws(DiscoveryError) -> [UInt8]? {
        let entry: SalonEntry?
        do {
            entry = try directory.salon(id)
        } catch {
            throw Self.translated(error)
        }
        guard let entry, scope.tenant == nil || scope.tenant == entry.tenant else { return nil }
        var bytes = Array("{".utf8)
        entry.appendCard(fields: fields, now: now()) { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    // MARK: Parts

    /// A tag that nothing else has: not another caller's answer, nor the answer to another question.
    func tag(
        version: UInt64, now: Date, question: NearbyRequest, scope: TenantScope, offers: Int? = nil
    ) -> String {
        // The seed of this process makes it unforgeable, and another process has other tags anyhow.
        var digest = Hasher()
        digest.combine(scope)
        digest.combine(question.canonical)
        digest.combine(question.limit)
        digest.combine(question.fields.rawValue)
        digest.combine(question.cursor)
        digest.combine(offers)
        let sum = String(UInt(bitPattern: digest.finalize()), radix: 36)
        return "W/\"\(instance)-\(version)-\(Int(now.timeIntervalSince1970 / 60))-\(sum)\""
    }

    static func translated(_ error: DirectoryError) -> DiscoveryError {
        switch error {
        case .notReady: .notReady
        case .limit: .unavailable("\(error)")
        }
    }
}
