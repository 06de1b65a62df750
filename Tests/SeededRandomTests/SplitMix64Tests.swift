import SeededRandom
import Testing

struct SplitMix64Tests {
    @Test func `gives the published numbers of a seed`() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    /// Fixed once: data that was made from a seed must be made again by a later version.
    @Test func `draws the same indices and fractions for ever`() {
        var random = SplitMix64(seed: 1)
        #expect((0..<8).map { _ in random.index(100) } == [56, 74, 97, 44, 44, 76, 87, 52])
        #expect(random.fraction() == 0.28550868439696664)
    }

    @Test func `draws every index and no other`() {
        var random = SplitMix64(seed: 2)
        #expect(Set((0..<1_000).map { _ in random.index(7) }) == Set(0..<7))
        #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(random.fraction()) })
        #expect(Set((0..<100).map { _ in random.element(["a", "b"]) }) == ["a", "b"])
    }
}
