import Foundation
import Harness
import SeededRandom
import Testing

/// What an answer says can be asked again: a distance is a radius that holds the salon, a time a bound that holds the
/// offer.
struct `A printed bound` {
    @Test func `of an empty search finds the salon when it is taken as radius`() async throws {
        let door = try await Door.shared()
        var random = SplitMix64(seed: 7)
        var tried = 0
        for _ in 0..<300 {
            let latitude = String(format: "%.5f", Double.random(in: 54.5...57.8, using: &random))
            let longitude = String(format: "%.5f", Double.random(in: 8...12.9, using: &random))
            let place = "/v1/salons/nearby?lat=\(latitude)&lon=\(longitude)"
            let empty = try await door.ask("\(place)&radius_m=1")
            guard let nearest = empty.json["diagnosis"]?["nearest_m"], nearest.number! <= 50_000 else { continue }
            let found = try await door.ask("\(place)&radius_m=\(nearest.parameterText)")
            #expect(!found.ids.isEmpty, "\(place) \(nearest.parameterText)")
            tried += 1
        }
        #expect(tried > 150)
    }

    @Test func `of every card finds its salon when it is taken as radius`() async throws {
        let door = try await Door.shared()
        var random = SplitMix64(seed: 11)
        for _ in 0..<30 {
            let latitude = String(format: "%.5f", Double.random(in: 55.5...55.9, using: &random))
            let longitude = String(format: "%.5f", Double.random(in: 12...12.9, using: &random))
            let place = "/v1/salons/nearby?lat=\(latitude)&lon=\(longitude)"
            for salon in try await door.ask("\(place)&limit=10").json["salons"]?.array ?? [] {
                let distance = try #require(salon["distance_m"])
                guard distance.number! <= 50_000 else { continue }
                let found = try await door.ask("\(place)&limit=100&radius_m=\(distance.parameterText)")
                #expect(found.ids.contains(salon["id"]!.string!))
            }
        }
    }
}
