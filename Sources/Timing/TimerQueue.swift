/// Actions by instant: a binary heap, whose removed entries are left where they are until they come up or are the most.
///
/// Nearly all timers are deadlines that are cancelled long before they are due: so to remove one costs a look in a
/// dictionary, and the heap is swept when less than half of it is alive.
struct TimerQueue {
    private struct Entry {
        let instant: ContinuousClock.Instant
        let number: UInt64
    }

    private var heap: [Entry] = []
    private var actions: [UInt64: @Sendable () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    /// Timers that wait.
    var count: Int { actions.count }

    /// Entries kept, removed ones included.
    var heapCount: Int { heap.count }

    /// The instant of the first timer.
    var first: ContinuousClock.Instant? { heap.first?.instant }

    /// Adds an action and returns its number. O(log n), O(1) for one that is due after most others.
    mutating func insert(at instant: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        lastNumber += 1
        actions[lastNumber] = action
        heap.append(Entry(instant: instant, number: lastNumber))
        siftUp(heap.count - 1)
        return lastNumber
    }

    /// Removes an action; false when there is none of this number. O(1) on average.
    mutating func remove(_ number: UInt64) -> Bool {
        guard actions.removeValue(forKey: number) != nil else { return false }
        while let first = heap.first, actions[first.number] == nil { popFirst() }
        if heap.count > 64, heap.count > 2 * actions.count { sweep() }
        return true
    }

    /// Takes out all actions that are due, the earliest first.
    mutating func popDue(_ now: ContinuousClock.Instant) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let first = heap.first {
            let isLive = actions[first.number] != nil
            guard !isLive || first.instant <= now else { break }
            popFirst()
            if let action = actions.removeValue(forKey: first.number) { due.append(action) }
        }
        return due
    }

    private mutating func sweep() {
        heap.removeAll { actions[$0.number] == nil }
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
    }

    private mutating func popFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].instant < heap[parent].instant else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && heap[child].instant < heap[least].instant {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
