import JSON
import Salons

/// Renders the members of one salon after the other into memory that it uses again.
struct CardRenderer: ~Copyable {
    private var json = JSONWriter()
    private(set) var ends: InlineArray<13, UInt32> = .init(repeating: 0)

    private var categories = WordSets(key: "categories") { CategorySet(rawValue: $0).categories.map(\.rawValue) }
    private var attributes = WordSets(key: "attributes") { AttributeSet(rawValue: $0).attributes.map(\.rawValue) }

    /// The rendered members, lent until the next one is rendered.
    var bytes: UnsafeRawBufferPointer { json.bytes }

    mutating func render(_ row: borrowing PublishedRow) {
        json.removeAll()
        json.raw(",\"id\":")
        json.string(row.id)
        ends[0] = position
        text(",\"tenant\":", row.tenantSlug, field: 1)
        text(",\"name\":", row.name, field: 2)
        json.raw(",\"location\":{\"lat\":")
        json.number(row.latitude)
        json.raw(",\"lon\":")
        json.number(row.longitude)
        json.raw("}")
        ends[3] = position
        address(row)
        categories.text(of: row.categoryBits).withUnsafeBytes { json.raw($0) }
        ends[5] = position
        attributes.text(of: row.attributeBits).withUnsafeBytes { json.raw($0) }
        ends[6] = position
        rating(row)
        if let level = row.priceLevel {
            json.raw(",\"price_level\":")
            json.integer(Int64(level))
        }
        ends[8] = position
        text(",\"opening_hours\":", row.openingHours, field: 9)
        text(",\"website\":", row.website, field: 10)
        text(",\"phone\":", row.phone, field: 11)
        text(",\"time_zone\":", row.timeZone, field: 12)
    }

    private var position: UInt32 { UInt32(json.count) }

    private mutating func text(_ key: StaticString, _ value: UnsafeRawBufferPointer?, field: Int) {
        if let value {
            json.raw(key)
            json.string(value)
        }
        ends[field] = position
    }

    private mutating func address(_ row: borrowing PublishedRow) {
        let start = json.count
        part(",\"street\":", row.street, start)
        part(",\"housenumber\":", row.housenumber, start)
        part(",\"floor_door\":", row.floorDoor, start)
        part(",\"postcode\":", row.postcode, start)
        part(",\"city\":", row.city, start)
        part(",\"country\":", row.country, start)
        if json.count > start { json.raw("}") }
        ends[4] = position
    }

    /// The first known part opens the object in the place of its comma.
    private mutating func part(_ key: StaticString, _ value: UnsafeRawBufferPointer?, _ start: Int) {
        guard let value else { return }
        if json.count == start {
            json.raw(",\"address\":{")
            json.raw(UnsafeRawBufferPointer(start: key.utf8Start + 1, count: key.utf8CodeUnitCount - 1))
        } else {
            json.raw(key)
        }
        json.string(value)
    }

    private mutating func rating(_ row: borrowing PublishedRow) {
        if let tenths = row.ratingTenths {
            json.raw(",\"rating\":")
            json.integer(Int64(tenths / 10))
            json.raw(".")
            json.integer(Int64(tenths % 10))
            if row.ratingCount > 0 {
                json.raw(",\"rating_count\":")
                json.integer(Int64(row.ratingCount))
            }
        }
        ends[7] = position
    }
}

/// Remembers the text of every set of words that occurred, because sets repeat.
private struct WordSets {
    private let key: String
    private let words: @Sendable (UInt32) -> [String]
    private var texts: [UInt32: [UInt8]] = [:]

    init(key: String, words: @escaping @Sendable (UInt32) -> [String]) {
        self.key = key
        self.words = words
    }

    /// `,"categories":["hair","spa"]`, or nothing for the empty set.
    mutating func text(of bits: UInt32) -> [UInt8] {
        if let text = texts[bits] { return text }
        let members = words(bits)
        var json = JSONWriter()
        if !members.isEmpty {
            json.raw(",")
            json.name(key)
            json.array { json in for member in members { json.string(member) } }
        }
        texts[bits] = json.copy
        return json.copy
    }
}
