import Foundation
import Geodesy
import OpeningHours
import Salons
import Testing

@testable import DemoData

struct `Invented salons` {
    @Test(arguments: [DemoGenerator.Style.denmark, .europe])
    func `are the same for the same seed, and others for another`(style: DemoGenerator.Style) {
        let first = Array(DemoGenerator(seed: 1, count: 500, style: style))
        #expect(first == Array(DemoGenerator(seed: 1, count: 500, style: style)))
        let other = Array(DemoGenerator(seed: 2, count: 500, style: style))
        #expect(zip(first, other).allSatisfy { $0.location != $1.location })
    }

    @Test(arguments: [DemoGenerator.Style.denmark, .europe])
    func `of a short run begin a long one`(style: DemoGenerator.Style) {
        let long = Array(DemoGenerator(seed: 3, count: 1_000, style: style))
        for count in [0, 1, 17, 999] {
            #expect(Array(DemoGenerator(seed: 3, count: count, style: style)) == Array(long.prefix(count)))
        }
        #expect(DemoGenerator(seed: 3, count: 0, style: style).salon(999) == long[999])
        #expect(Array(DemoGenerator(seed: 3, count: -5, style: style)).isEmpty)
    }

    @Test func `of Denmark are valid, say that they are invented, and lie in Denmark`() throws {
        let salons = Array(DemoGenerator(seed: 4, count: 5_000))
        #expect(salons.count == 5_000)
        for salon in salons {
            try Self.check(salon)
            #expect(salon.address.country == "DK")
            #expect(salon.timeZone == "Europe/Copenhagen")
            let postcode = try #require(DanishPostcodes.entry(salon.address.postcode ?? ""))
            #expect(salon.address.city == postcode.city)
            // Four sigma and more of the scatter around a centre.
            let distance = Geodesic.distance(postcode.centre, salon.location)
            #expect(distance.value < (postcode.code < "2000" ? 400 : 3_000), "\(salon.source.reference)")
        }
        #expect(Set(salons.map(\.source.reference)).count == 5_000)
        #expect(salons.allSatisfy { $0.source.source == "demo" })
    }

    @Test func `of Europe are valid and lie in Europe`() throws {
        for salon in DemoGenerator(seed: 5, count: 5_000, style: .europe) {
            try Self.check(salon)
            #expect((27...72).contains(salon.location.latitude))
            #expect((-26...70).contains(salon.location.longitude))
        }
    }

    @Test func `are of every kind, so that every filter has something to do`() {
        let salons = Array(DemoGenerator(seed: 6, count: 5_000))
        for category in Category.allCases {
            #expect(salons.contains { $0.categories.contains(CategorySet([category])) }, "\(category)")
        }
        for attribute in Attribute.allCases {
            #expect(salons.contains { $0.attributes.contains(AttributeSet([attribute])) }, "\(attribute)")
        }
        #expect(Set(salons.map(\.priceLevel)) == [nil, 1, 2, 3, 4])
        #expect(salons.contains { $0.rating == nil } && salons.contains { $0.rating != nil })
        #expect(salons.contains { $0.openingHours == nil })
        #expect(Set(salons.compactMap(\.openingHours)).count == DemoWords.openingHours.count)
    }

    private static func check(_ salon: SalonProfile) throws {
        #expect(salon.name.hasPrefix("Opdigtet "))
        #expect(TimeZone(identifier: try #require(salon.timeZone)) != nil)
        #expect(!salon.categories.isEmpty)
        #expect(CategorySet(salon.categories.categories) == salon.categories)
        #expect(AttributeSet(salon.attributes.attributes) == salon.attributes)
        #expect(!salon.attributes.contains(AttributeSet([.wheelchair, .wheelchairLimited])))
        #expect((try? Coordinate(latitude: salon.location.latitude, longitude: salon.location.longitude)) != nil)
        if let level = salon.priceLevel { #expect((1...4).contains(level)) }
        if let rating = salon.rating { #expect(rating.count > 0 && (0...50).contains(rating.tenths)) }
        if let hours = salon.openingHours { #expect(OpeningHours(hours).isUnderstood, "\(hours)") }
        #expect(salon.status == .published)
    }
}
