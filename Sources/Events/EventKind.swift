public import Foundation
public import JSON

/// A kind of events, declared once by the module that owns what they are about.
///
/// The events themselves are written by functions of the database, with the change; a test compares the names that
/// stand there with those that are declared.
public struct EventKind<Subject: Sendable, Payload: Sendable>: Sendable {
    /// Its name in the outbox, such as `booking.moved`.
    public let name: String
    /// The form of the payload that this program reads; 0 for a kind that has none. A payload says its own form in the
    /// member `v`.
    public let version: Int
    private let subject: @Sendable (UUID) -> Subject
    private let payload: @Sendable (JSONValue) -> Payload?

    /// Declares a kind with a payload, which is read by a function that returns nil for what the kind does not allow.
    public init(
        _ name: String, subject: @escaping @Sendable (UUID) -> Subject, version: Int,
        payload: @escaping @Sendable (JSONValue) -> Payload?
    ) {
        self.name = name
        self.subject = subject
        self.version = version
        self.payload = payload
    }

    /// What an event of this kind is about; nil for an event of another kind.
    public func subject(of event: Event) -> Subject? {
        event.kind == name ? subject(event.subject) : nil
    }

    /// What an event of this kind tells beside its subject. Nil for an event of another kind.
    ///
    /// Throws ``EventError`` for a payload of another form: it is not guessed at.
    public func payload(of event: Event) throws(EventError) -> Payload? {
        guard event.kind == name else { return nil }
        let value = event.payload.flatMap { try? JSONReader.read($0) }
        if version > 0 {
            guard let form = value?["v"]?.number?.integer else { throw .malformedPayload(kind: name) }
            guard form == version else { throw .unknownForm(kind: name, form: form, known: version) }
        }
        guard let payload = payload(value ?? .null) else { throw .malformedPayload(kind: name) }
        return payload
    }
}

/// The payload of kinds that say all with their subject and its revision.
public struct NoPayload: Sendable, Hashable {
    /// Nothing.
    public init() {}
}

extension EventKind where Payload == NoPayload {
    /// Declares a kind without a payload.
    public init(_ name: String, subject: @escaping @Sendable (UUID) -> Subject) {
        self.init(name, subject: subject, version: 0) { _ in NoPayload() }
    }
}

/// Why an event could not be read or worked at.
public enum EventError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The payload is of a form that this program does not know: a newer one wrote it.
    case unknownForm(kind: String, form: Int, known: Int)
    /// The payload is not what its kind says.
    case malformedPayload(kind: String)
    /// The database has no consumer of this name.
    case unknownConsumer(String)
    /// The consumer has no such event among those that it could not do.
    case unknownFailure(consumer: String, event: Int64)

    /// Fit for any log.
    public var description: String {
        switch self {
        case .unknownForm(let kind, let form, let known):
            "an event \(kind) has a payload of form \(form); this program reads \(known)"
        case .malformedPayload(let kind): "an event \(kind) has a payload that its kind does not allow"
        case .unknownConsumer(let name): "there is no consumer '\(name)'; `salons events consumers` shows them"
        case .unknownFailure(let consumer, let event):
            "'\(consumer)' has no event \(event) that it could not do; `salons events dead` shows those it has"
        }
    }
}
