import Foundation
import Geodesy
import Salons
import SeededRandom
import Testing

@testable import Directory

/// Cards parse back to what went in, whatever the texts hold.
struct CardTests {
    struct Located: Decodable {
        let location: [String: Double]
    }

    static func json(_ salon: Salon, fields: CardFields = .all, distance: Meters? = nil, now: Date? = nil) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        CardEncoder.append(salon, fields: fields, distance: distance, now: now) { bytes += $0 }
        return String(decoding: bytes + [UInt8(ascii: "}")], as: UTF8.self)
    }

    static func members(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    static func salon(_ change: (inout SalonProfile) -> Void = { _ in }) throws -> Salon {
        var profile = SalonProfile(
            name: "Klip", address: Address(street: "Gade", housenumber: "1", city: "By", country: "DK"),
            location: try Coordinate(latitude: 55.676, longitude: 12.568), timeZone: "Europe/Copenhagen",
            categories: CategorySet([.hair, .spa]), priceLevel: 2, rating: Rating(tenths: 46, count: 120),
            attributes: AttributeSet([.wifi]),
            openingHours: "Mo-Fr 09:00-17:00", website: "https://a.dk/", phone: "+45 1",
            source: SourceReference(source: "s", reference: "r"))
        change(&profile)
        return Salon(
            id: try #require(SalonID("0011aaBB-2233-4455-6677-8899aabbccdd")), tenant: TenantID(UUID()),
            tenantSlug: try #require(TenantSlug("klip")), profile: profile)
    }

    @Test func `a whole card has the members of the interface in order`() throws {
        let monday = Date(timeIntervalSince1970: 1_763_978_400)  // 2025-11-24 10:00 UTC, a Monday
        let json = Self.json(try Self.salon(), distance: 412.3749, now: monday)
        #expect(
            json == #"{"id":"0011aabb-2233-4455-6677-8899aabbccdd","tenant":"klip","name":"Klip","#
                + #""location":{"lat":55.676,"lon":12.568},"distance_m":412.38,"#
                + #""address":{"street":"Gade","housenumber":"1","city":"By","country":"DK"},"#
                + #""categories":["hair","spa"],"attributes":["wifi"],"rating":4.6,"rating_count":120,"#
                + #""price_level":2,"opening_hours":"Mo-Fr 09:00-17:00","website":"https://a.dk/","phone":"+45 1","#
                + #""time_zone":"Europe/Copenhagen","open_now":true,"closes_at":"2025-11-24T17:00:00+01:00"}"#)
    }

    @Test func `unknown values are left out`() throws {
        let salon = try Self.salon {
            $0 = SalonProfile(name: "A", location: $0.location, source: $0.source)
        }
        #expect(
            Set(try Self.members(Self.json(salon, now: Date())).keys)
                == ["id", "tenant", "name", "location"])
    }

    @Test func `a salon without a known zone says neither its zone nor whether it is open`() throws {
        for hours in ["24/7", "Mo-Su 00:00-24:00", "Mo-Fr 09:00-17:00"] {
            let salon = try Self.salon {
                $0.timeZone = nil
                $0.openingHours = hours
            }
            let members = try Self.members(Self.json(salon, now: Date()))
            #expect(members["time_zone"] == nil && members["open_now"] == nil && members["opens_at"] == nil)
            #expect(members["opening_hours"] != nil)
        }
    }

    static let choices: [(CardFields, String)] = [
        (.name, #"{"name":"Klip"}"#), ([.distance, .name], #"{"name":"Klip","distance_m":7.00}"#),
        ([.distance], #"{"distance_m":7.00}"#), ([], "{}"),
        ([.distance, .priceLevel], #"{"distance_m":7.00,"price_level":2}"#),
        ([.tenant, .phone], #"{"tenant":"klip","phone":"+45 1"}"#),
    ]

    @Test(arguments: choices)
    func `chosen fields alone are written`(fields: CardFields, json: String) throws {
        #expect(Self.json(try Self.salon(), fields: fields, distance: 7) == json)
    }

    @Test(arguments: [
        (0.0, "0.00"), (0.004, "0.01"), (0.01, "0.01"), (412.37, "412.37"), (27_691.1401, "27691.15"),
        (123_456.78, "123456.78"),
    ])
    func `distances have two decimals and are rounded up`(meters: Double, text: String) throws {
        #expect(Self.json(try Self.salon(), fields: .distance, distance: Meters(meters)) == #"{"distance_m":\#(text)}"#)
    }

    @Test func `any text and any position parse back`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let pieces = [
            "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1f}", "\u{7f}", "æ", "漢", "😀", "\u{2028}", "/", "abcdefgh", "'",
        ]
        for _ in 0..<3_000 {
            func text() -> String {
                (0...Int.random(in: 0..<30, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
                }
                .joined()
            }
            let precision = pow(10, Double.random(in: 0...18, using: &generator).rounded())
            let latitude = (Double.random(in: -90...90, using: &generator) * precision).rounded() / precision
            let longitude =
                Double.random(in: -180...180, using: &generator)
                * pow(10, -Double.random(in: 0...12, using: &generator))
            let position = try Coordinate(latitude: latitude, longitude: longitude)
            let (name, street, site) = (text(), text(), text())
            let salon = try Self.salon {
                $0.name = name
                $0.address.street = street
                $0.website = site
                $0.location = position
            }
            let members = try Self.members(Self.json(salon))
            #expect(members["name"] as? String == name, "seed \(seed)")
            #expect((members["address"] as? [String: Any])?["street"] as? String == street, "seed \(seed)")
            #expect(members["website"] as? String == site, "seed \(seed)")
            // `JSONSerialization` does not read every number exactly, `JSONDecoder` does.
            let located = try JSONDecoder().decode(Located.self, from: Data(Self.json(salon).utf8))
            #expect(located.location == ["lat": latitude, "lon": longitude], "seed \(seed)")
        }
    }

    @Test func `every member name of an answer names a field`() throws {
        for name in try Self.members(
            Self.json(try Self.salon(), distance: 1, now: Date(timeIntervalSince1970: 1_763_978_400))
        ).keys {
            #expect(CardFields(member: name) != nil, "\(name)")
        }
        #expect(CardFields(member: "secret") == nil)
    }
}
