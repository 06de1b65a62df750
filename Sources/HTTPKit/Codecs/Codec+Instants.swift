public import Foundation
import JSON

extension Codec where Value == Date {
    /// An instant of an answer in UTC with milliseconds.
    public static var milliseconds: Codec {
        let instant = instant
        return Codec(
            schema: instant.schema, parse: instant.parse, read: instant.read,
            write: { $1.string(Timestamp.milliseconds($0)) })
    }

    /// An instant: RFC 3339 with an offset. What an answer writes is in UTC, whole seconds; local times are written by
    /// who knows the zone.
    public static var instant: Codec {
        Codec(
            schema: Schema(["type": "string", "format": "date-time"]), parse: { read($0, isQuery: true) },
            read: { $0.string.map { read($0, isQuery: false) } ?? .fault("\(Timestamp.Fault.format)") },
            write: { $1.string(Timestamp.utc($0)) })
    }

    private static func read(_ text: String, isQuery: Bool) -> Reading<Date> {
        do throws(Timestamp.Fault) {
            return .value(try Timestamp.read(text))
        } catch {
            return .fault(isQuery ? error.inQuery : error.description)
        }
    }
}

/// An instant as an answer tells it: in a zone's local time with its offset, or in UTC where the zone is not known.
public struct LocalInstant: Sendable, Equatable {
    let date: Date
    let zone: TimeZone?

    /// Pairs an instant with a zone.
    public init(_ date: Date, in zone: TimeZone?) {
        self.date = date
        self.zone = zone
    }
}

extension Shape where Value == LocalInstant {
    /// An instant in local time.
    public static var local: Shape {
        Shape(schema: Codec<Date>.instant.schema) { value, writer in
            writer.string(value.zone.map { Timestamp.text(value.date, in: $0) } ?? Timestamp.utc(value.date))
        }
    }
}
