import Glibc

/// Memory that is read here and there, a few cache lines at a time: large blocks ask the kernel for huge pages, because
/// with small ones most of such reads would also miss the address translation cache.
enum ScatteredMemory {
    private static let hugePage = 2 << 20

    /// Uninitialized memory, to be given back with `deallocate`.
    static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        guard byteCount >= hugePage / 2 else { return .allocate(byteCount: byteCount, alignment: 64) }
        let rounded = (byteCount + hugePage - 1) & ~(hugePage - 1)
        let base = UnsafeMutableRawPointer.allocate(byteCount: rounded, alignment: hugePage)
        // Only advice: a kernel without huge pages declines it, and nothing is lost.
        madvise(base, rounded, MADV_HUGEPAGE)
        return base
    }

    /// Room for `count` values, to be given back with `deallocate`.
    static func allocate<Value>(_: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        allocate(byteCount: count * MemoryLayout<Value>.stride).bindMemory(to: Value.self, capacity: count)
    }
}
