/// Customers' mean rating with the number of ratings behind it.
public struct Rating: Sendable, Hashable {
    /// Mean in tenths of a star, 0 to 50.
    public let tenths: Int16
    /// How many ratings the mean is made of; 0 when the source gives only the mean.
    public let count: Int32

    /// Nil unless the mean is within 0 to 50 tenths and the count is not negative.
    public init?(tenths: Int16, count: Int32) {
        guard (0...50).contains(tenths), count >= 0 else { return nil }
        self.tenths = tenths
        self.count = count
    }

    /// A quality that few ratings cannot inflate, in thousandths of a star: the Bayesian mean with a prior of ten
    /// ratings of 4.2. Integer arithmetic, so that PostgreSQL computes the very same number; an unrated salon is 0.
    ///
    /// Source: the `quality` function of the migrations.
    @inlinable
    public static func quality(tenths: Int16?, count: Int32) -> Int32 {
        guard let tenths else { return 0 }
        let sum = Int64(tenths) * 100 * Int64(count) + 4_200 * 10
        return Int32(sum / (Int64(count) + 10))
    }
}
