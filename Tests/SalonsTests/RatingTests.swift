import Testing

@testable import Salons

struct `A rating` {
    @Test(arguments: [(0, 0), (50, 0), (42, 1), (50, Int32.max)] as [(Int16, Int32)])
    func `is kept within its scale`(tenths: Int16, count: Int32) throws {
        let rating = try #require(Rating(tenths: tenths, count: count))
        #expect(rating.tenths == tenths)
        #expect(rating.count == count)
    }

    @Test(arguments: [(-1, 0), (51, 0), (Int16.max, 1), (Int16.min, 1), (40, -1)] as [(Int16, Int32)])
    func `is refused beyond it`(tenths: Int16, count: Int32) {
        #expect(Rating(tenths: tenths, count: count) == nil)
    }

    /// (tenths · 100 · count + 42 000) / (count + 10), by hand.
    @Test(
        arguments: [
            (nil, 0, 0), (nil, 100, 0), (0, 0, 4_200), (50, 0, 4_200), (42, 5, 4_200), (50, 1, 4_272), (50, 10, 4_600),
            (50, 90, 4_920), (46, 120, 4_569), (0, 10, 2_100), (0, Int32.max, 0), (50, Int32.max, 4_999),
        ] as [(Int16?, Int32, Int32)])
    func `has a quality that few ratings cannot inflate`(tenths: Int16?, count: Int32, quality: Int32) {
        #expect(Rating.quality(tenths: tenths, count: count) == quality)
    }

    @Test func `that is better or more often given is never of less quality`() {
        for count in [Int32(0), 1, 2, 9, 10, 50, 1_000] {
            for tenths in Int16(1)...50 {
                #expect(
                    Rating.quality(tenths: tenths, count: count) >= Rating.quality(tenths: tenths - 1, count: count))
            }
            #expect(Rating.quality(tenths: 50, count: count + 1) >= Rating.quality(tenths: 50, count: count))
        }
    }
}
